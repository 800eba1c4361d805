package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool whose calls succeed less often than {@code successRate}. The node that calls it may well succeed all the same: an
 * agent reads the error and tries something else, and pays for it in tokens and time.
 *
 * <p>HIGH where the whole Wilson interval is below {@code critical}, MEDIUM where it is below {@code successRate}, LOW where
 * only the value is. With fewer than {@code minFailures} failures nothing is said.
 */
@AutoService(BottleneckDetector.class)
public final class UnreliableToolDetector implements BottleneckDetector {
    /**
     * @param successRate and {@code critical}: in [0, 1]
     * @param minFailures fewer than this are an accident; at least 1
     */
    public record Settings(double successRate, double critical, int minFailures) {
        public Settings {
            SettingCheck.share("successRate", successRate);
            SettingCheck.share("critical", critical);
            SettingCheck.atLeast("minFailures", minFailures, 1);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.UNRELIABLE_TOOL;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.8, 0.5, 3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (ToolProfile tool : context.profile().tools().values()) {
            Rate success = tool.success();
            if (tool.failures() >= settings.minFailures() && success.value() < settings.successRate()) {
                found.add(Found.of(BottleneckTypes.UNRELIABLE_TOOL, severity(success, settings))
                        .tool(tool.name())
                        .related(Tools.users(context.workflow(), tool.name()))
                        .metric("successRate", Interval.of(success), settings.successRate())
                        .because(
                                "'" + tool.name() + "' failed " + tool.failures() + " of "
                                        + Figures.count(tool.calls(), "call") + ", so it succeeds in "
                                        + Figures.percent(success.value()) + " (" + Figures.percent(success.low())
                                        + " to " + Figures.percent(success.high()) + ")",
                                tool.calls(),
                                context.profile().runs(),
                                "See what its errors say; repair it, describe it better to the agents that call it, or"
                                        + " take it from them."));
            }
        }
        return found;
    }

    private static Severity severity(Rate success, Settings settings) {
        if (success.high() < settings.critical()) {
            return Severity.HIGH;
        }
        return success.high() < settings.successRate() ? Severity.MEDIUM : Severity.LOW;
    }
}

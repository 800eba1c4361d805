package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A node that succeeds in less than {@code successRate} of its occurrences. A node that only failed where something inside
 * it failed is not reported; what is inside it is.
 *
 * <p>CRITICAL where the whole Wilson interval is below {@code critical}, HIGH where it is below {@code successRate}, MEDIUM
 * where only the value is. With fewer than {@code minFailures} failures nothing is said.
 */
@AutoService(BottleneckDetector.class)
public final class UnreliableNodeDetector implements BottleneckDetector {
    /**
     * @param successRate and {@code critical}: in [0, 1]
     * @param minFailures fewer than this are an accident
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
        return BottleneckTypes.UNRELIABLE_NODE;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.8, 0.5, 2);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        Sample sample = Sample.of(context.profile());
        List<Bottleneck> found = new ArrayList<>();
        for (NodeProfile node : context.profile().nodes().values()) {
            Rate success = node.success();
            long failures = success.trials() - success.successes();
            if (failures >= settings.minFailures()
                    && success.value() < settings.successRate()
                    && !sample.failsOnlyWithin(node.id())) {
                found.add(Found.of(BottleneckTypes.UNRELIABLE_NODE, severity(success, settings))
                        .node(node.id())
                        .metric("successRate", Interval.of(success), settings.successRate())
                        .because(
                                "'" + node.id() + "' failed " + failures + " of " + success.trials()
                                        + " times, so it succeeds in " + Figures.percent(success.value()) + " ("
                                        + Figures.percent(success.low()) + " to " + Figures.percent(success.high())
                                        + "), over " + Figures.count(node.runs(), "run") + causes(node.errors()),
                                success.trials(),
                                node.runs(),
                                "Retry it if its failures pass, repair it, or take it out if nothing needs it."));
            }
        }
        return found;
    }

    private static Severity severity(Rate success, Settings settings) {
        if (success.high() < settings.critical()) {
            return Severity.CRITICAL;
        }
        return success.high() < settings.successRate() ? Severity.HIGH : Severity.MEDIUM;
    }

    private static String causes(Map<String, Long> errors) {
        List<String> causes = errors.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(3)
                .map(error -> error.getKey() + " x" + error.getValue())
                .toList();
        return causes.isEmpty() ? "" : ": " + String.join(", ", causes);
    }
}

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
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool without effects that is asked the same again within a run, always answers the same, and has no cache.
 *
 * <p>That it answers the same is measured: the lower end of the Wilson interval of its determinism must reach
 * {@code determinism}. Where its effects are not declared, a single pair of differing results is enough to say nothing,
 * for then equal arguments do not make equal questions (a {@code page_down} moves on each time), and the severity is LOW:
 * only its owner knows whether calling it does something. A tool declared to have effects is never reported.
 *
 * <p>With declared effects: HIGH where the repeated calls take over a tenth of the run, MEDIUM over a hundredth, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class MissingCachingDetector implements BottleneckDetector {
    private static final double HIGH_SHARE = 0.1;
    private static final double MEDIUM_SHARE = 0.01;

    /**
     * @param determinism least lower bound of the rate of equal results, in [0, 1]
     * @param minRepeats fewer repeated calls with an equal result than this, over all runs, are not worth a cache
     * @param minRepeatShare least part of the calls that are repeated with an equal result, in [0, 1]
     */
    public record Settings(double determinism, int minRepeats, double minRepeatShare) {
        public Settings {
            SettingCheck.share("determinism", determinism);
            SettingCheck.atLeast("minRepeats", minRepeats, 1);
            SettingCheck.share("minRepeatShare", minRepeatShare);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.MISSING_CACHING;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.8, 2, 0.02);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (ToolProfile tool : context.profile().tools().values()) {
            Effects effects =
                    context.workflow().tool(tool.name()).map(ToolSpec::effects).orElse(Effects.UNKNOWN);
            boolean worth = tool.repeatedSameResult() >= settings.minRepeats()
                    && tool.repeatedSameResult() >= settings.minRepeatShare() * tool.calls();
            if (worth
                    && tool.cacheHits() == 0
                    && !Tools.cached(context.workflow(), tool.name())
                    && deterministic(tool, effects, settings)) {
                found.add(bottleneck(context, tool, effects, settings));
            }
        }
        return found;
    }

    private static boolean deterministic(ToolProfile tool, Effects effects, Settings settings) {
        Rate rate = tool.determinism();
        boolean likely = rate.trials() > 0 && rate.low() >= settings.determinism();
        return switch (effects) {
            case NONE -> likely;
            case UNKNOWN ->
                likely && rate.successes() == rate.trials() && tool.repeatedSameResult() == tool.repeatedCalls();
            case IDEMPOTENT, EXTERNAL -> false;
        };
    }

    private static Bottleneck bottleneck(
            DetectionContext context, ToolProfile tool, Effects effects, Settings settings) {
        double seconds =
                tool.repeatedSameResult() * Figures.seconds(tool.duration().mean());
        double share = seconds / Figures.seconds(context.profile().duration().total());
        Severity severity = effects == Effects.UNKNOWN || !(share > MEDIUM_SHARE)
                ? Severity.LOW
                : share > HIGH_SHARE ? Severity.HIGH : Severity.MEDIUM;
        Rate rate = tool.determinism();
        String caution = effects == Effects.UNKNOWN
                ? "; whether it has effects is not declared, so check before caching it"
                : "";
        return Found.of(BottleneckTypes.MISSING_CACHING, severity)
                .tool(tool.name())
                .related(Tools.users(context.workflow(), tool.name()))
                .metric("determinism", Interval.of(rate), settings.determinism())
                .because(
                        "'" + tool.name() + "' was asked the same again within a run " + tool.repeatedCalls()
                                + " times of " + Figures.count(tool.calls(), "call") + " ("
                                + tool.repeatedSameResult() + " with the same result, together "
                                + Figures.time(seconds) + "); " + rate.successes() + " of " + rate.trials()
                                + " compared pairs of results were equal (at least " + Figures.percent(rate.low())
                                + ")" + caution,
                        rate.trials(),
                        context.profile().runs(),
                        "Cache its results by arguments.");
    }
}

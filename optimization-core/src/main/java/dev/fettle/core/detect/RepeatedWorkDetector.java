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
import dev.fettle.api.workflow.Effects;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that runs again on the same input within a run and writes the same. Nodes with declared effects are not reported:
 * for them running again is the point. Where effects are not declared, a repetition that wrote something else silences the
 * detector, and the severity is LOW.
 *
 * <p>HIGH where the repetitions take over a tenth of the run, MEDIUM over a hundredth, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class RepeatedWorkDetector implements BottleneckDetector {
    private static final double HIGH_SHARE = 0.1;
    private static final double MEDIUM_SHARE = 0.01;

    /**
     * @param minRepeats fewer repetitions than this, over all runs, are not reported
     * @param share least part of the occurrences that are repetitions, in [0, 1]
     */
    public record Settings(int minRepeats, double share) {
        public Settings {
            SettingCheck.atLeast("minRepeats", minRepeats, 1);
            SettingCheck.share("share", share);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.REPEATED_WORK;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(2, 0.05);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (NodeProfile node : context.profile().nodes().values()) {
            long repeats = node.repeatedSameOutput();
            Effects effects = context.workflow()
                    .node(node.id())
                    .map(context.workflow()::effectsOf)
                    .orElse(Effects.UNKNOWN);
            boolean same =
                    effects == Effects.NONE || (effects == Effects.UNKNOWN && repeats == node.repeatedSameInput());
            if (same && repeats >= settings.minRepeats() && repeats > settings.share() * node.occurrences()) {
                found.add(bottleneck(node, effects, settings));
            }
        }
        return found;
    }

    private static Bottleneck bottleneck(NodeProfile node, Effects effects, Settings settings) {
        Rate rate = Rate.of(node.repeatedSameOutput(), node.occurrences());
        double share = rate.value() * node.share();
        Severity severity = effects == Effects.UNKNOWN || !(share > MEDIUM_SHARE)
                ? Severity.LOW
                : share > HIGH_SHARE ? Severity.HIGH : Severity.MEDIUM;
        return Found.of(BottleneckTypes.REPEATED_WORK, severity)
                .node(node.id())
                .metric("repeatedShare", Interval.of(rate), settings.share())
                .because(
                        "'" + node.id() + "' ran again on the same input " + node.repeatedSameInput() + " times in "
                                + Figures.count(node.occurrences(), "occurrence") + " over "
                                + Figures.count(node.runs(), "run") + ", and wrote the same "
                                + node.repeatedSameOutput() + " times"
                                + (effects == Effects.UNKNOWN ? "; its effects are not declared" : ""),
                        node.occurrences(),
                        node.runs(),
                        "Keep its result, or run it once before the loop.");
    }
}

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
import java.util.List;
import java.util.Locale;

/**
 * A node whose failures become more frequent over time, by a one-sided Cochran-Armitage test at the level {@code alpha},
 * divided by the number of nodes tested (Bonferroni), so that a workflow of many nodes does not raise more false alarms.
 *
 * <p>HIGH where the p-value is below a tenth of the level and the node fails in over 5 %, else MEDIUM.
 */
@AutoService(BottleneckDetector.class)
public final class RisingErrorsDetector implements BottleneckDetector {
    private static final double NOTABLE_FAILURES = 0.05;

    /** @param alpha chance of any false alarm in a profile, in (0, 1) */
    public record Settings(double alpha) {
        public Settings {
            SettingCheck.share("alpha", alpha);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.RISING_ERRORS;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.05);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        Sample sample = Sample.of(context.profile());
        List<NodeProfile> tested = context.profile().nodes().values().stream()
                .filter(node -> Double.isFinite(node.errorTrend()))
                .toList();
        double level = settings.alpha() / Math.max(1, tested.size());
        List<Bottleneck> found = new ArrayList<>();
        for (NodeProfile node : tested) {
            if (node.errorTrend() < level && !sample.failsOnlyWithin(node.id())) {
                Rate success = node.success();
                long failures = success.trials() - success.successes();
                boolean high = node.errorTrend() < level / 10 && 1 - success.value() > NOTABLE_FAILURES;
                found.add(Found.of(BottleneckTypes.RISING_ERRORS, high ? Severity.HIGH : Severity.MEDIUM)
                        .node(node.id())
                        .metric("errorTrendP", Interval.exactly(node.errorTrend(), node.runs()), level)
                        .because(
                                String.format(
                                        Locale.ROOT,
                                        "failures of '%s' become more frequent over time (p = %.2g, level %.2g):"
                                                + " %d of %d occurrences in %s failed",
                                        node.id(),
                                        node.errorTrend(),
                                        level,
                                        failures,
                                        success.trials(),
                                        Figures.count(node.runs(), "run")),
                                success.trials(),
                                node.runs(),
                                "Find out what changed: a tool, a model version or the input."));
            }
        }
        return found;
    }
}

package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that takes more than its share of the money that all runs spent. What a node spends is that of its own model and
 * tool calls, as recorded or by the price table; models without a price count nowhere, so that the share is an upper bound
 * where there are some.
 *
 * <p>HIGH above {@code high}, else MEDIUM; one lower where prices are missing.
 */
@AutoService(BottleneckDetector.class)
public final class ExpensiveNodeDetector implements BottleneckDetector {

    /**
     * @param share and {@code high}: parts of all money spent, in [0, 1]
     */
    public record Settings(double share, double high) {
        public Settings {
            SettingCheck.share("share", share);
            SettingCheck.share("high", high);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.EXPENSIVE_NODE;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.2, 0.5);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        double total = context.profile().cost().usd().doubleValue();
        boolean unpriced = !context.profile().cost().unpricedModels().isEmpty();
        List<Bottleneck> found = new ArrayList<>();
        for (NodeProfile node : context.profile().nodes().values()) {
            double usd = node.usd().doubleValue();
            double share = usd / total;
            if (usd > 0 && share > settings.share()) {
                found.add(Found.of(BottleneckTypes.EXPENSIVE_NODE, severity(share > settings.high(), unpriced))
                        .node(node.id())
                        .metric("costShare", interval(context, share, unpriced), settings.share())
                        .because(
                                "'" + node.id() + "' costs " + Figures.usd(usd) + ", "
                                        + Figures.percent(share) + " of all money spent"
                                        + (unpriced ? " on models with a known price" : "") + ", in "
                                        + Figures.count(node.occurrences(), "occurrence") + " over "
                                        + Figures.count(node.runs(), "run"),
                                node.occurrences(),
                                node.runs(),
                                "Give it a cheaper model, a shorter or better ordered prompt, or a cache."));
            }
        }
        return found;
    }

    private static Severity severity(boolean high, boolean unpriced) {
        if (high) {
            return unpriced ? Severity.MEDIUM : Severity.HIGH;
        }
        return unpriced ? Severity.LOW : Severity.MEDIUM;
    }

    private static Interval interval(DetectionContext context, double share, boolean unpriced) {
        long runs = context.profile().runs();
        return unpriced ? new Interval(share, 0, share, runs) : Interval.exactly(share, runs);
    }
}

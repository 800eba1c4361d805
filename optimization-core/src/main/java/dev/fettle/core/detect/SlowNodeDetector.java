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
 * A node whose mean time is more than {@code medianFactor} times that of the median node, and not below the upper
 * {@code quantile} of the nodes' means. Time is the node's own, without what ran inside it; nodes that hardly have any,
 * because they only wrap others, are not compared.
 *
 * <p>HIGH where the interval of the mean is above the threshold and the node takes a notable share of the run; MEDIUM
 * where one of the two holds; else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class SlowNodeDetector implements BottleneckDetector {
    /** A node with less of its own time than this, as a part of its duration, only wraps others. */
    private static final double WRAPPER = 0.05;

    /**
     * @param medianFactor how many times the median
     * @param quantile of the nodes' mean times, in (0, 1]
     * @param minNodes fewer nodes than this have no meaningful median
     * @param notableShare of the wall clock
     */
    public record Settings(double medianFactor, double quantile, int minNodes, double notableShare) {
        public Settings {
            SettingCheck.atLeast("medianFactor", medianFactor, 1);
            SettingCheck.share("quantile", quantile);
            SettingCheck.atLeast("minNodes", minNodes, 1);
            SettingCheck.share("notableShare", notableShare);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.SLOW_NODE;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(3, 0.95, 3, 0.05);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<NodeProfile> nodes = context.profile().nodes().values().stream()
                .filter(SlowNodeDetector::works)
                .toList();
        if (nodes.size() < settings.minNodes()) {
            return List.of();
        }
        double[] means =
                nodes.stream().mapToDouble(SlowNodeDetector::mean).sorted().toArray();
        double median = means.length % 2 == 1
                ? means[means.length / 2]
                : (means[means.length / 2 - 1] + means[means.length / 2]) / 2;
        int rank = (int) Math.ceil(settings.quantile() * means.length - 1e-9);
        double top = means[Math.min(means.length, Math.max(1, rank)) - 1];
        double threshold = settings.medianFactor() * median;
        Sample sample = Sample.of(context.profile());
        List<Bottleneck> found = new ArrayList<>();
        for (NodeProfile node : nodes) {
            if (mean(node) > threshold && mean(node) >= top) {
                found.add(bottleneck(node, sample.meanExclusive(node.id()), median, threshold, settings));
            }
        }
        return found;
    }

    private static boolean works(NodeProfile node) {
        double inclusive = Figures.seconds(node.duration().total());
        return node.occurrences() > 0 && Figures.seconds(node.exclusive().total()) >= WRAPPER * inclusive;
    }

    private static double mean(NodeProfile node) {
        return Figures.seconds(node.exclusive().mean());
    }

    private static Bottleneck bottleneck(
            NodeProfile node, Interval sampled, double median, double threshold, Settings settings) {
        Interval mean = sampled.around(mean(node)).within(0, Double.MAX_VALUE);
        boolean sure = mean.surelyOver(threshold);
        boolean notable = node.share() >= settings.notableShare();
        Severity severity = sure && notable ? Severity.HIGH : sure || notable ? Severity.MEDIUM : Severity.LOW;
        return Found.of(BottleneckTypes.SLOW_NODE, severity)
                .node(node.id())
                .metric("durationSeconds", mean, threshold)
                .because(
                        "'" + node.id() + "' takes " + Figures.time(mean.value()) + " on average ("
                                + mean.words(Figures::time) + "), the median node "
                                + Figures.time(median) + ", in " + Figures.count(node.occurrences(), "occurrence")
                                + " over " + Figures.count(node.runs(), "run"),
                        node.occurrences(),
                        node.runs(),
                        "Run it beside independent nodes, split it, or give it a faster tool or model.");
    }
}

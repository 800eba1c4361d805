package dev.fettle.core.detect;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.concurrent.SideBySide;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs detectors, several at the same time, and puts what they find in order: the most severe first, then what takes the most time. */
public final class DetectorSuite {
    private final List<BottleneckDetector> detectors;
    private final Map<String, Record> settings;
    private final int threads;

    /**
     * With a thread for each processor.
     *
     * @param detectors in any order
     * @param settings bound settings by the detector's name; a detector without an entry uses its defaults
     */
    public DetectorSuite(Collection<? extends BottleneckDetector> detectors, Map<String, ? extends Record> settings) {
        this(detectors, settings, SideBySide.processors());
    }

    /** @param threads that look, at most */
    public DetectorSuite(
            Collection<? extends BottleneckDetector> detectors, Map<String, ? extends Record> settings, int threads) {
        this.detectors = detectors.stream()
                .map(BottleneckDetector.class::cast)
                .sorted(Comparator.comparing(BottleneckDetector::name))
                .toList();
        this.settings = Map.copyOf(settings);
        this.threads = threads;
    }

    /** All bottlenecks that the detectors find. The result is the same each time for the same profile, with any threads. */
    public List<Bottleneck> detect(Workflow workflow, PerformanceProfile profile, ModelCatalogue models) {
        List<Supplier<List<Bottleneck>>> tasks = detectors.stream()
                .<Supplier<List<Bottleneck>>>map(detector -> () -> {
                    Record bound = settings.getOrDefault(detector.name(), detector.defaultSettings());
                    return detector.detect(new DetectionContext(workflow, profile, models, bound));
                })
                .toList();
        List<Bottleneck> found = new ArrayList<>();
        SideBySide.of(tasks, threads).forEach(found::addAll);
        found.sort(Comparator.comparing(Bottleneck::severity)
                .reversed()
                .thenComparing(bottleneck -> -impact(bottleneck, profile))
                .thenComparing(Bottleneck::type)
                .thenComparing(bottleneck -> bottleneck.node() == null ? "" : bottleneck.node())
                .thenComparing(bottleneck -> bottleneck.tool() == null ? "" : bottleneck.tool())
                .thenComparing(bottleneck -> String.join("\n", bottleneck.related())));
        return List.copyOf(found);
    }

    /** The time that the nodes or the tool of the bottleneck take, on the wall clock of all runs. */
    private static double impact(Bottleneck bottleneck, PerformanceProfile profile) {
        double share = share(bottleneck.node(), profile);
        for (String related : bottleneck.related()) {
            share += related.equals(bottleneck.node()) ? 0 : share(related, profile);
        }
        ToolProfile tool = bottleneck.tool() == null ? null : profile.tools().get(bottleneck.tool());
        if (tool != null && bottleneck.node() == null) {
            share += Figures.seconds(tool.duration().total())
                    / Math.max(1e-9, Figures.seconds(profile.duration().total()));
        }
        return share;
    }

    private static double share(@Nullable String node, PerformanceProfile profile) {
        NodeProfile found = node == null ? null : profile.nodes().get(node);
        return found == null ? 0 : found.share();
    }
}

package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.detect.DetectorSuite;
import dev.fettle.core.discover.WorkflowDiscovery;
import dev.fettle.core.estimate.Interference;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.profile.ProfileAccumulator;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From traces to a profile and its bottlenecks. */
public final class Analyzer {
    private static final int SHOWN = 5;

    private final Plugins plugins;
    private final ModelCatalogue models;

    @Inject
    Analyzer(Plugins plugins, ModelCatalogue models) {
        this.plugins = plugins;
        this.models = models;
    }

    /**
     * Takes traces one by one; memory does not grow with their number.
     *
     * @param definition the workflow; null to discover it from the traces
     */
    public Collector collector(@Nullable Workflow definition) {
        return new Collector(definition);
    }

    /** Collects traces. Not safe for use by several threads. */
    public final class Collector implements Consumer<ExecutionTrace> {
        private final @Nullable Workflow definition;
        private final ProfileAccumulator profile = new ProfileAccumulator();
        private final WorkflowDiscovery discovery = new WorkflowDiscovery();

        private Collector(@Nullable Workflow definition) {
            this.definition = definition;
        }

        @Override
        public void accept(ExecutionTrace trace) {
            profile.add(trace);
            if (definition == null) {
                discovery.add(trace);
            }
        }

        /** The analysis of what was collected. */
        public Analysis analysis() {
            Workflow workflow = definition == null ? discovery.workflow() : definition;
            PerformanceProfile statistics = profile.profile(models, workflow.tools());
            Map<String, Record> settings = new LinkedHashMap<>();
            for (InstalledPlugin plugin : plugins.of(PluginKind.DETECTOR)) {
                settings.put(plugin.name(), plugin.settings());
            }
            DetectorSuite detectors =
                    new DetectorSuite(plugins.of(PluginKind.DETECTOR, BottleneckDetector.class), settings);
            Analysis analysis = new Analysis(
                    workflow, statistics, detectors.detect(workflow, statistics, models), Interference.NONE);
            List<String> unknown = definition == null ? List.of() : analysis.unknownNodes();
            if (!unknown.isEmpty() && unknown.size() == statistics.nodes().size()) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "the workflow (" + workflow.id() + ") has none of the nodes that the traces name "
                                + some(unknown) + "; it has "
                                + some(workflow.allNodes().stream()
                                        .map(Node::id)
                                        .toList())
                                + ". Maybe it is the definition of another workflow; without one, it is discovered");
            }
            return analysis;
        }

        private static String some(List<String> ids) {
            return ids.size() <= SHOWN
                    ? ids.toString()
                    : ids.subList(0, SHOWN) + " and " + (ids.size() - SHOWN) + " more";
        }
    }
}

package dev.fettle.core.plugin;

import dev.fettle.api.Plugin;
import dev.fettle.api.definition.DefinitionReader;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.WorkflowValidator;

/** The kinds of plugin. */
public enum PluginKind {
    STRATEGY("strategies", OptimizationStrategy.class),
    DETECTOR("detectors", BottleneckDetector.class),
    ALGORITHM("algorithms", SearchAlgorithm.class),
    VALIDATOR("validators", WorkflowValidator.class),
    JUDGE("judges", EquivalenceJudge.class),
    READER("readers", TraceReader.class),
    WRITER("writers", TraceWriter.class),
    DEFINITION_READER("definitionReaders", DefinitionReader.class),
    EXECUTOR("executors", WorkflowExecutor.class),
    NODE_RUNNER("nodeRunners", NodeRunner.class),
    TOOL_RUNNER("toolRunners", ToolRunner.class);

    private final String section;
    private final Class<? extends Plugin> type;

    PluginKind(String section, Class<? extends Plugin> type) {
        this.section = section;
        this.type = type;
    }

    /** The section of the configuration that holds settings of this kind, by plugin name. */
    public String section() {
        return section;
    }

    public Class<? extends Plugin> type() {
        return type;
    }
}

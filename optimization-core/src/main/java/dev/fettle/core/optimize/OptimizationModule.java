package dev.fettle.core.optimize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.fettle.api.Plugin;
import dev.fettle.api.definition.DefinitionReader;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.DefinitionFiles;
import dev.fettle.core.json.Json;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.PluginLoader;
import dev.fettle.core.plugin.Plugins;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Wires Fettle for embedding with Guice. Plugins come from the class path, from the configured folders, and from the
 * embedder's own bindings: {@code Multibinder.newSetBinder(binder(), OptimizationStrategy.class).addBinding()...}.
 */
public final class OptimizationModule extends AbstractModule {
    private final Configuration configuration;
    private final ClassLoader application;

    /**
     * @param application sees the plugins on the class path
     */
    public OptimizationModule(Configuration configuration, ClassLoader application) {
        this.configuration = configuration;
        this.application = application;
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        Multibinder.newSetBinder(binder(), OptimizationStrategy.class);
        Multibinder.newSetBinder(binder(), BottleneckDetector.class);
        Multibinder.newSetBinder(binder(), SearchAlgorithm.class);
        Multibinder.newSetBinder(binder(), WorkflowValidator.class);
        Multibinder.newSetBinder(binder(), EquivalenceJudge.class);
        Multibinder.newSetBinder(binder(), TraceReader.class);
        Multibinder.newSetBinder(binder(), TraceWriter.class);
        Multibinder.newSetBinder(binder(), DefinitionReader.class);
        Multibinder.newSetBinder(binder(), WorkflowExecutor.class);
        Multibinder.newSetBinder(binder(), NodeRunner.class);
        Multibinder.newSetBinder(binder(), ToolRunner.class);
    }

    @Provides
    @Singleton
    Plugins plugins(
            Set<OptimizationStrategy> strategies,
            Set<BottleneckDetector> detectors,
            Set<SearchAlgorithm> algorithms,
            Set<WorkflowValidator> validators,
            Set<EquivalenceJudge> judges,
            Set<TraceReader> readers,
            Set<TraceWriter> writers,
            Set<DefinitionReader> definitionReaders,
            Set<WorkflowExecutor> executors,
            Set<NodeRunner> nodeRunners,
            Set<ToolRunner> toolRunners) {
        Map<PluginKind, Set<? extends Plugin>> embedded = new EnumMap<>(PluginKind.class);
        embedded.put(PluginKind.STRATEGY, strategies);
        embedded.put(PluginKind.DETECTOR, detectors);
        embedded.put(PluginKind.ALGORITHM, algorithms);
        embedded.put(PluginKind.VALIDATOR, validators);
        embedded.put(PluginKind.JUDGE, judges);
        embedded.put(PluginKind.READER, readers);
        embedded.put(PluginKind.WRITER, writers);
        embedded.put(PluginKind.DEFINITION_READER, definitionReaders);
        embedded.put(PluginKind.EXECUTOR, executors);
        embedded.put(PluginKind.NODE_RUNNER, nodeRunners);
        embedded.put(PluginKind.TOOL_RUNNER, toolRunners);
        return new PluginLoader(application, configuration.settings(), new DefinitionFiles())
                .load(configuration.plugins(), embedded);
    }

    @Provides
    @Singleton
    ModelCatalogue models() {
        return Catalogue.with(configuration.models());
    }

    @Provides
    @Singleton
    ObjectMapper mapper(Plugins plugins) {
        return Json.mapper(plugins.changeTypes());
    }
}

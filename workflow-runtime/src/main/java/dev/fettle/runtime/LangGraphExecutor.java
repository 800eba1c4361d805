package dev.fettle.runtime;

import com.google.auto.service.AutoService;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.graph.Graphs;
import dev.fettle.runtime.model.EndpointLimits;
import dev.fettle.runtime.model.ModelHosts;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs workflows on LangGraph4j.
 *
 * <p>Keeps nothing of a run for the next but the compiled graph of its workflow, unless the setting {@code shareCaches} asks
 * for caches that live as long as the executor.
 */
@AutoService(WorkflowExecutor.class)
public final class LangGraphExecutor implements WorkflowExecutor {
    private final Clock clock;
    private final EndpointLimits limits = new EndpointLimits();
    private final Graphs graphs = new Graphs();
    private final Caches sharedCaches = new Caches(System::nanoTime);

    public LangGraphExecutor() {
        this(Clock.systemUTC());
    }

    LangGraphExecutor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "langgraph4j";
    }

    @Override
    public RuntimeSettings defaultSettings() {
        return RuntimeSettings.DEFAULT;
    }

    @Override
    public List<String> obstacles(Workflow workflow, Runners runners, Record settings) {
        return Obstacles.of(workflow, runners, settings(settings));
    }

    @Override
    public Map<String, Set<String>> modelHosts(Workflow workflow, Record settings) {
        return ModelHosts.of(workflow, settings(settings).endpoints());
    }

    @Override
    public OptionalInt membersAtOnce(Record settings) {
        int most = settings(settings).maxConcurrency();
        return most == 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) {
        RuntimeSettings settings = settings(request.settings());
        Caches caches = settings.shareCaches() ? sharedCaches : new Caches(System::nanoTime);
        return new Run(request, settings, caches, clock, limits, graphs).execute();
    }

    private static RuntimeSettings settings(Record settings) {
        if (settings instanceof RuntimeSettings runtime) {
            return runtime;
        }
        throw new FettleException(
                ErrorCode.USAGE,
                "the settings of the executor are a (" + settings.getClass().getName() + "); expected "
                        + RuntimeSettings.class.getName());
    }
}

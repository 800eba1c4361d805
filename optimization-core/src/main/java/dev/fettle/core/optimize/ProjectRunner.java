package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;

/** Runs a project on its inputs, one after another. All runs of one instance share the cap on spending. */
public final class ProjectRunner {
    private final Plugins plugins;
    private final ModelCatalogue models;
    private final Configuration configuration;
    private final DoubleAdder spentUsd = new DoubleAdder();

    @Inject
    ProjectRunner(Plugins plugins, ModelCatalogue models, Configuration configuration) {
        this.plugins = plugins;
        this.models = models;
        this.configuration = configuration;
    }

    /** The installed executor. */
    InstalledPlugin installed() {
        List<InstalledPlugin> executors = plugins.of(PluginKind.EXECUTOR);
        if (executors.size() != 1) {
            throw new FettleException(
                    ErrorCode.PLUGIN,
                    executors.size() + " executors are installed "
                            + executors.stream().map(InstalledPlugin::name).toList()
                            + "; expected one. Maybe workflow-runtime is missing on the class path, or one is too many");
        }
        return executors.get(0);
    }

    /** The executor, which stops at the cap on spending. */
    WorkflowExecutor executor() {
        return new CappedExecutor((WorkflowExecutor) installed().plugin(), configuration.maxUsd(), spentUsd);
    }

    /** The nodes that do something outside when the workflow runs, or that may. */
    static List<String> nodesWithEffects(Workflow workflow) {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .filter(node -> workflow.effectsOf(node).mustKeep())
                .map(Node::id)
                .toList();
    }

    /**
     * Runs the project; inputs are taken in turn. Effects are performed.
     *
     * @param warmUp runs before those that count, so that what is measured is the steady state; none are made where nodes
     *     have external effects
     * @param attendance whether runs may pause for a person
     * @param consumer takes each result that counts
     * @param progress takes the number of runs done, warm-up included
     * @throws FettleException where the workflow cannot be run here (nothing was run then), or where the cap on spending is
     *     reached
     */
    Runs run(
            Project project,
            int runs,
            int warmUp,
            Attendance attendance,
            Consumer<ExecutionResult> consumer,
            ProgressListener progress) {
        Record settings = installed().settings();
        WorkflowExecutor executor = executor();
        List<String> obstacles = executor.obstacles(project.workflow(), plugins, settings);
        if (!obstacles.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    project.definition() + ": cannot be run here:\n" + String.join("\n", obstacles));
        }
        int before = nodesWithEffects(project.workflow()).isEmpty() ? warmUp : 0;
        List<RecordedEffect> effects = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        int failed = 0;
        int paused = 0;
        for (int i = -before; i < runs; i++) {
            Map<String, Object> input =
                    project.inputs().get(Math.floorMod(i, project.inputs().size()));
            ExecutionResult result = executor.execute(new ExecutionRequest(
                    i < 0 ? "warm-up-" + (i + before) : "run-" + i,
                    project.workflow(),
                    input,
                    project.folder(),
                    plugins,
                    models,
                    new EffectPolicy.Perform(),
                    configuration.profiling().timeoutPerRun(),
                    settings,
                    attendance));
            progress.advanced(i + before + 1L, runs + (long) before);
            if (i >= 0) {
                effects.addAll(result.effects());
                boolean waits = result.pause() != null;
                paused += waits ? 1 : 0;
                failed += waits || result.trace().status() == Status.OK ? 0 : 1;
                if (result.error() != null) {
                    errors.add(result.error());
                }
                consumer.accept(result);
            }
        }
        return new Runs(runs, failed, paused, effects, errors);
    }

    /** Goes on with a paused run. */
    ExecutionResult resume(Project project, String runId, Attendance.Resumed resumed) {
        return executor()
                .execute(new ExecutionRequest(
                        runId,
                        project.workflow(),
                        Map.of(),
                        project.folder(),
                        plugins,
                        models,
                        new EffectPolicy.Perform(),
                        configuration.profiling().timeoutPerRun(),
                        installed().settings(),
                        resumed));
    }
}

package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a project on its inputs, one after another. */
public final class ProjectRunner {
    private final Plugins plugins;
    private final ModelCatalogue models;

    @Inject
    ProjectRunner(Plugins plugins, ModelCatalogue models) {
        this.plugins = plugins;
        this.models = models;
    }

    /** The executor in use: the only one that is installed, or the first by name. */
    public InstalledPlugin executor() {
        return plugins.of(PluginKind.EXECUTOR).stream()
                .findFirst()
                .orElseThrow(() -> new FettleException(
                        ErrorCode.PLUGIN, "no executor is installed; put workflow-runtime on the class path"));
    }

    /**
     * Runs the project; inputs are taken in turn.
     *
     * @param warmUp runs before those that count, so that what is measured is the steady state
     * @param consumer takes each result that counts
     * @param progress takes the number of runs done, warm-up included
     * @throws FettleException where the workflow cannot be run here; nothing was run then
     */
    public Runs run(
            Project project,
            int runs,
            int warmUp,
            Duration timeout,
            String prefix,
            Consumer<ExecutionResult> consumer,
            ProgressListener progress) {
        InstalledPlugin installed = executor();
        WorkflowExecutor executor = (WorkflowExecutor) installed.plugin();
        List<String> obstacles = executor.obstacles(project.workflow(), plugins, installed.settings());
        if (!obstacles.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    project.definition() + ": cannot be run here:\n" + String.join("\n", obstacles));
        }
        List<ExecutionTrace> traces = new ArrayList<>();
        List<RecordedEffect> effects = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (int i = -warmUp; i < runs; i++) {
            Map<String, Object> input =
                    project.inputs().get(Math.floorMod(i, project.inputs().size()));
            ExecutionResult result = executor.execute(new ExecutionRequest(
                    i < 0 ? prefix + "-warm-up-" + (i + warmUp) : prefix + "-" + i,
                    project.workflow(),
                    input,
                    project.folder(),
                    plugins,
                    models,
                    new EffectPolicy.Perform(),
                    timeout,
                    installed.settings()));
            progress.advanced(i + warmUp + 1L, runs + (long) warmUp);
            if (i >= 0) {
                traces.add(result.trace());
                effects.addAll(result.effects());
                if (result.error() != null) {
                    errors.add(result.error());
                }
                consumer.accept(result);
            }
        }
        return new Runs(traces, effects, errors);
    }
}

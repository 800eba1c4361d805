package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.concurrent.SideBySide;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.estimate.Interference;
import dev.fettle.core.model.CallPrices;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.record.CallLog;
import dev.fettle.core.trial.RecordedToolTrials;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * Runs a project on its inputs, one after another but where it measures what two at once get. All runs of one instance share
 * the cap on spending.
 */
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

    /** What trials of tools may spend, which counts with the runs. */
    RecordedToolTrials.Outside outside() {
        return new RecordedToolTrials.Outside(configuration.maxUsd(), spentUsd);
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
     * @param warmUp runs before those that count, so that what is measured is the steady state; more are made while code is
     *     still being compiled and nothing was spent, none where nodes have external effects
     * @param profiling whether estimates come from these runs: then, where there was a warm-up, further runs tell how much
     *     two at once slow each other
     * @param recording answers outside calls; null to make them
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
            boolean profiling,
            Attendance attendance,
            @Nullable Recording recording,
            RunConsumer consumer,
            ProgressListener progress) {
        Record settings = installed().settings();
        WorkflowExecutor executor = executor();
        List<String> obstacles = executor.obstacles(project.workflow(), plugins, settings);
        if (!obstacles.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    project.definition() + ": cannot be run here:\n" + String.join("\n", obstacles));
        }
        boolean repeatable =
                recording != null || nodesWithEffects(project.workflow()).isEmpty();
        Warm warm = warmUp(project, executor, repeatable ? warmUp : 0, runs, recording, attendance, progress);
        int before = warm.runs();
        Interference interference = Interference.NONE;
        TwoAtOnce measurement =
                new TwoAtOnce(spentUsd::sum, configuration.maxUsd(), result -> isPriced(project, result));
        if (profiling
                && recording == null
                && before > 0
                && measurement.isAffordable(warm.usdPerRun())
                && twoTellOfTheMachine()) {
            AtomicInteger made = new AtomicInteger();
            interference = twoAtOnce(measurement, project, executor, before, runs, attendance, progress, made);
            before += made.get();
        }
        List<RecordedRun> effects = new ArrayList<>();
        CallLog calls = new CallLog();
        int answered = 0;
        List<String> errors = new ArrayList<>();
        int failed = 0;
        int paused = 0;
        for (int i = 0; i < runs; i++) {
            EffectPolicy policy = recording == null ? new EffectPolicy.Perform(calls) : replay(project, recording, i);
            ExecutionResult result = executor.execute(request(project, "run-" + i, i, policy, attendance));
            progress.advanced(before + i + 1L, before + (long) runs);
            RecordedRun recorded = calls.take(input(project, i), result);
            effects.add(onlyEffects(recorded));
            answered += result.answered();
            boolean waits = result.pause() != null;
            paused += waits ? 1 : 0;
            failed += waits || result.trace().status() == Status.OK ? 0 : 1;
            if (result.error() != null) {
                errors.add(result.error());
            }
            consumer.accept(recorded, result);
        }
        Recording kept = new Recording("profiling", project.workflow().id(), effects);
        return new Runs(runs, failed, paused, answered, kept, interference, errors);
    }

    /**
     * What the warm-up tells.
     *
     * @param usdPerRun the mean; infinite where a model was called that has no price
     */
    private record Warm(int runs, double usdPerRun) {}

    /** Makes runs that do not count. */
    private Warm warmUp(
            Project project,
            WorkflowExecutor executor,
            int least,
            int runs,
            @Nullable Recording recording,
            Attendance attendance,
            ProgressListener progress) {
        double spentBefore = spentUsd.sum();
        boolean priced = true;
        WarmUp warmUp = new WarmUp(least, project.inputs().size());
        while (!warmUp.done(spentUsd.sum() == spentBefore)) {
            int i = warmUp.runs();
            // calls are recorded and dropped, so that a run does the same as one that counts
            EffectPolicy policy =
                    recording == null ? new EffectPolicy.Perform(new CallLog()) : replay(project, recording, 0);
            ExecutionResult result = executor.execute(request(project, "warm-up-" + i, i, policy, attendance));
            priced &= isPriced(project, result);
            warmUp.ran();
            progress.advanced(warmUp.runs(), runs + (long) Math.max(least, warmUp.runs()));
        }
        double spent = spentUsd.sum() - spentBefore;
        return new Warm(warmUp.runs(), priced ? spent / Math.max(1, warmUp.runs()) : Double.POSITIVE_INFINITY);
    }

    /** Whether the price of each model that was called is known; tools without a price are taken to be free. */
    private boolean isPriced(Project project, ExecutionResult result) {
        CallPrices prices = new CallPrices(models, project.workflow().tools());
        return result.trace().occurrences().stream()
                .flatMap(occurrence -> occurrence.modelCalls().stream())
                .allMatch(call -> prices.usd(call).isPresent());
    }

    /** Whether the machine that is configured is like this one, and two runs at once use all of it. */
    private boolean twoTellOfTheMachine() {
        return configuration.search().concurrency() == 2 && SideBySide.processors() == 2;
    }

    /**
     * Measures how much two runs at once slow each other.
     *
     * @param made counts the runs that were made for it
     */
    private Interference twoAtOnce(
            TwoAtOnce measurement,
            Project project,
            WorkflowExecutor executor,
            int before,
            int runs,
            Attendance attendance,
            ProgressListener progress,
            AtomicInteger made) {
        return measurement.interference(
                index -> {
                    String id = "at-once-" + made.incrementAndGet();
                    EffectPolicy policy = new EffectPolicy.Perform(new CallLog());
                    return executor.execute(request(project, id, index, policy, attendance));
                },
                round -> progress.advanced(
                        before + (long) TwoAtOnce.RUNS_OF_A_ROUND * round,
                        before + (long) TwoAtOnce.RUNS_OF_A_ROUND * Math.max(round, TwoAtOnce.LEAST_ROUNDS) + runs));
    }

    private ExecutionRequest request(
            Project project, String id, int index, EffectPolicy policy, Attendance attendance) {
        return new ExecutionRequest(
                id,
                project.workflow(),
                input(project, index),
                project.folder(),
                plugins,
                models,
                policy,
                configuration.profiling().timeoutPerRun(),
                installed().settings(),
                attendance);
    }

    /** Inputs are taken in turn. */
    private static Map<String, Object> input(Project project, int index) {
        return project.inputs().get(index % project.inputs().size());
    }

    private EffectPolicy.Replay replay(Project project, Recording recording, int index) {
        return new EffectPolicy.Replay(
                recording,
                configuration.recording().rules(),
                index / project.inputs().size());
    }

    /** What a dry run has to replay; the rest it runs. */
    private static RecordedRun onlyEffects(RecordedRun run) {
        return new RecordedRun(
                run.id(),
                run.input(),
                run.inputHash(),
                run.status(),
                run.calls().stream()
                        .filter(recorded -> recorded.call().effects().mustKeep())
                        .map(recorded -> new RecordedCall(
                                recorded.call().withInput(null),
                                recorded.result(),
                                recorded.errorType(),
                                recorded.error(),
                                recorded.duration(),
                                recorded.modelCalls(),
                                recorded.toolCalls()))
                        .toList());
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

package dev.fettle.core.optimize;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import dev.fettle.api.FettleException;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.definition.ImportedWorkflow;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.core.record.DeclaredEffects;
import dev.fettle.core.trial.RecordedToolTrials;
import dev.fettle.core.validate.DryRunProgress;
import dev.fettle.core.validate.DryRunResult;
import dev.fettle.core.validate.DryRunSettings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fettle for programs: each step from traces to a validated plan.
 *
 * <pre>{@code
 * WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
 * Analyzer.Collector collector = optimizer.collector(project.workflow());
 * Runs runs = optimizer.run(project, result -> collector.accept(result.trace()), ProgressListener.NONE);
 * Analysis analysis = collector.analysis().measuredIn(runs);
 * Proposal proposal = optimizer.propose(analysis, optimizer.trials(project, analysis), (done, best) -> {});
 * DryRunResult proof = optimizer.validate(project, analysis, proposal.plan(), runs, DryRunProgress.NONE);
 * }</pre>
 */
public final class WorkflowOptimizer {
    private final ModelCatalogue models;
    private final Plugins plugins;
    private final Configuration configuration;
    private final TraceReading reading;
    private final Analyzer analyzer;
    private final ProjectRunner runner;
    private final SuggestionMaker suggestions;
    private final PlanFinder plans;
    private final PlanValidator validator;

    @Inject
    WorkflowOptimizer(
            Plugins plugins,
            Configuration configuration,
            TraceReading reading,
            Analyzer analyzer,
            ProjectRunner runner,
            SuggestionMaker suggestions,
            PlanFinder plans,
            PlanValidator validator,
            ModelCatalogue models) {
        this.models = models;
        this.plugins = plugins;
        this.configuration = configuration;
        this.reading = reading;
        this.analyzer = analyzer;
        this.runner = runner;
        this.suggestions = suggestions;
        this.plans = plans;
        this.validator = validator;
    }

    /**
     * An optimizer with the plugins of the class path and of the configured folders.
     *
     * @throws dev.fettle.api.FettleException with every plugin and setting that is not usable
     */
    public static WorkflowOptimizer create(Configuration configuration) {
        WorkflowOptimizer optimizer = inject(configuration);
        optimizer.plugins.require(PluginKind.ALGORITHM, configuration.search().algorithm());
        optimizer.plugins.require(PluginKind.JUDGE, configuration.validation().judge());
        return optimizer;
    }

    private static WorkflowOptimizer inject(Configuration configuration) {
        try {
            return Guice.createInjector(new OptimizationModule(configuration, WorkflowOptimizer.class.getClassLoader()))
                    .getInstance(WorkflowOptimizer.class);
        } catch (ProvisionException e) {
            if (e.getCause() instanceof FettleException known) {
                throw known;
            }
            throw e;
        }
    }

    public Plugins plugins() {
        return plugins;
    }

    /** Known models and their prices. */
    public ModelCatalogue models() {
        return models;
    }

    /**
     * Reads all workflows of a file, in Fettle's own form or in one that an installed reader knows.
     *
     * @throws FettleException with everything that is wrong in the file
     */
    public List<ImportedWorkflow> definitions(Path file) {
        return new DefinitionImport(plugins).read(file);
    }

    /** Why a strategy did or did not fire on what was analyzed. */
    public Explanation explain(Analysis analysis, ToolTrials trials, String strategy) {
        return suggestions.explain(analysis, trials, strategy);
    }

    /**
     * Runs the project as often as configured, warm-up first. Where runs compute, should cost little and have no effects outside
     * ({@code docs/estimates.md} has the conditions), two are run at once a few times after the warm-up, which tells how much
     * processors slow each other.
     */
    public Runs run(Project project, Consumer<ExecutionResult> consumer, ProgressListener progress) {
        Configuration.Profiling profiling = configuration.profiling();
        return runner.run(
                project,
                profiling.runs(),
                profiling.warmUp(),
                true,
                new Attendance.Unattended(),
                null,
                (recorded, result) -> consumer.accept(result),
                progress);
    }

    /**
     * Runs the project.
     *
     * @param runs that count; inputs are taken in turn
     * @param warmUp runs before them
     */
    public Runs run(
            Project project, int runs, int warmUp, Consumer<ExecutionResult> consumer, ProgressListener progress) {
        return record(
                project,
                runs,
                warmUp,
                new Attendance.Unattended(),
                (recorded, result) -> consumer.accept(result),
                progress);
    }

    /**
     * Runs the project, and hands on what each run asked outside, for a recording.
     *
     * @param runs that count; inputs are taken in turn
     * @param warmUp runs before them
     * @param attendance whether runs may pause for a person
     */
    public Runs record(
            Project project,
            int runs,
            int warmUp,
            Attendance attendance,
            RunConsumer consumer,
            ProgressListener progress) {
        return runner.run(project, runs, warmUp, false, attendance, null, consumer, progress);
    }

    /**
     * Goes on with a paused run.
     *
     * @throws dev.fettle.api.FettleException where the checkpoint is not one of this definition
     */
    public ExecutionResult resume(Project project, String runId, Attendance.Resumed resumed) {
        return runner.resume(project, runId, resumed);
    }

    /**
     * Runs the project with outside calls answered from a recording, by the rules of the configuration.
     *
     * @param consumer takes each result that counts
     * @throws FettleException where the workflow declares no external effects of what the recording saw to have some
     */
    public Runs replay(
            Project project,
            Recording recording,
            int runs,
            Consumer<ExecutionResult> consumer,
            ProgressListener progress) {
        DeclaredEffects.require(project.workflow(), recording);
        return runner.run(
                project,
                runs,
                0,
                false,
                new Attendance.Unattended(),
                recording,
                (recorded, result) -> consumer.accept(result),
                progress);
    }

    /** The nodes that do something outside when the workflow runs, or that may. */
    public List<String> nodesWithEffects(Workflow workflow) {
        return ProjectRunner.nodesWithEffects(workflow);
    }

    /**
     * Takes traces one by one and analyzes them; memory does not grow with their number.
     *
     * @param definition the workflow; null to discover it from the traces
     */
    public Analyzer.Collector collector(@Nullable Workflow definition) {
        return analyzer.collector(definition);
    }

    /** Reads recorded traces and hands them on one by one. */
    public ReadSummary read(List<Path> sources, Consumer<ExecutionTrace> consumer, ProgressListener progress) {
        return reading.read(sources, progress, consumer);
    }

    /** Reads and analyzes recorded traces. */
    public ReadAnalysis analyze(List<Path> sources, @Nullable Workflow definition, ProgressListener progress) {
        Analyzer.Collector collector = analyzer.collector(definition);
        ReadSummary summary = reading.read(sources, progress, collector);
        return new ReadAnalysis(summary, summary.read() == 0 ? null : collector.analysis());
    }

    /**
     * What reading and analyzing gave.
     *
     * @param analysis null where no trace could be read
     */
    public record ReadAnalysis(
            ReadSummary summary, @Nullable Analysis analysis) {}

    /** Trials of tools with the arguments recorded in the analysis. They are made when a strategy asks. */
    public ToolTrials trials(Project project, Analysis analysis) {
        return new RecordedToolTrials(
                project.workflow(),
                analysis.profile(),
                plugins,
                project.folder(),
                RecordedToolTrials.Limits.DEFAULT,
                configuration.profiling().trialsOutside() ? runner.outside() : null);
    }

    /** Suggestions, their estimates, and the best plan. */
    public Proposal propose(Analysis analysis, ToolTrials trials, SearchSession.Progress progress) {
        List<Suggestion> made = suggestions.suggest(analysis, trials);
        return plans.find(analysis, made, progress);
    }

    /** The same without trials of tools, which would call them. */
    public Proposal suggest(Analysis analysis) {
        return propose(analysis, ToolTrials.NONE, (evaluations, best) -> {});
    }

    /** The workflow with these suggestions, in their order, or the reason why they do not go together. */
    public ChangeResult apply(Workflow workflow, List<Suggestion> chosen) {
        return WorkflowChange.applyAll(
                workflow,
                chosen.stream()
                        .flatMap(suggestion -> suggestion.changes().stream())
                        .toList());
    }

    /** What the installed validators find wrong with a plan; nothing is run. */
    public List<Violation> check(Analysis analysis, Plan plan) {
        return validator.check(analysis, plan);
    }

    /**
     * Proves a plan by running both versions.
     *
     * @param runs recorded before: their effects answer in place of external ones
     */
    public DryRunResult validate(Project project, Analysis analysis, Plan plan, Runs runs, DryRunProgress progress) {
        return validator.dryRun(project, analysis, plan, runs, progress);
    }

    /** How runs are replayed: the processors, how much they slow each other, and members of a block at once. */
    public ReplaySettings replaySettings(Analysis analysis) {
        return plans.machine(analysis);
    }

    /**
     * The estimate of a plan from the original's runs beside which it was measured: on the same inputs, and under the same
     * conditions, which those that were profiled need not have had. Only the original's runs go into it.
     *
     * @param original that the plan changes
     * @return empty where no pair was measured
     */
    public Optional<Estimate> estimate(Analysis original, Plan plan, DryRunResult measured) {
        return plans.estimate(original, plan, measured.timedOriginalTraces());
    }

    /**
     * Proves a candidate that comes without a plan.
     *
     * @param recording answers outside calls; null where there is none
     * @param finished pairs that need not be run again; null to keep none
     */
    public DryRunResult validate(
            Project project,
            Workflow candidate,
            @Nullable Recording recording,
            @Nullable FinishedPairs finished,
            DryRunProgress progress) {
        return validator.dryRun(project, candidate, recording, finished, progress);
    }

    /** The settings of dry runs. */
    public DryRunSettings dryRunSettings() {
        return validator.settings();
    }
}

package dev.fettle.cli;

import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.report.ReportInput;
import dev.fettle.core.validate.DryRunResult;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle optimize}: from a project or traces to a plan, proved where it can be. */
@Command(
        name = "optimize",
        mixinStandardHelpOptions = true,
        description = "Finds a better version of a workflow, and proves it by running both.")
final class OptimizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--no-validation", description = "Do not run both versions.")
    boolean noValidation;

    OptimizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return source.traces == null ? optimizeProject() : optimizeTraces();
    }

    private int optimizeTraces() {
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(source.configuration());
        ReadAnalysis read = AnalyzeCommand.readTraces(optimizer, source, terminal);
        Analysis analysis = Results.requireAnalysis(read);
        Proposal proposal = propose(optimizer, analysis, ToolTrials.NONE);
        Results results = new Results(terminal, output, optimizer);
        results.printOptimization(Results.proposal(optimizer, read, analysis, proposal), proposal.plan());
        Results.tellRejected(terminal, read.summary());
        return ExitCode.DONE;
    }

    private int optimizeProject() {
        Project project = source.project();
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Runs runs;
        try (Progress progress =
                terminal.progress("Profiling " + project.workflow().id())) {
            runs = optimizer.run(project, result -> {}, progress::step);
        }
        Analysis analysis = optimizer.analyze(runs.traces(), project.workflow());
        Proposal proposal = propose(optimizer, analysis, optimizer.trials(project, analysis));
        Plan plan = proposal.plan();
        DryRunResult proof = plan == null || plan.suggestions().isEmpty() || noValidation
                ? null
                : validate(optimizer, project, analysis, plan, runs);
        ReportInput input = Results.proved(project, optimizer, runs, analysis, proposal, proof);
        new Results(terminal, output, optimizer).printOptimization(input, plan);
        boolean rejected = proof != null && proof.report().verdict() == ValidationVerdict.REJECT;
        return rejected ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    private Proposal propose(WorkflowOptimizer optimizer, Analysis analysis, ToolTrials trials) {
        try (Progress progress = terminal.progress("Searching for a better version")) {
            return optimizer.propose(
                    analysis,
                    trials,
                    (evaluations, best) -> progress.show(Terminal.count(evaluations) + " candidates, best score "
                            + String.format(Locale.ROOT, "%.4f", best)));
        }
    }

    private DryRunResult validate(
            WorkflowOptimizer optimizer, Project project, Analysis analysis, Plan plan, Runs runs) {
        try (Progress progress = terminal.progress("Running both versions")) {
            return optimizer.validate(
                    project, analysis, plan, runs, (done, total, seconds) -> progress.step(done, total));
        }
    }
}

package dev.fettle.cli;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.core.certificate.Certificate;
import dev.fettle.core.certificate.CertificateFile;
import dev.fettle.core.certificate.Fingerprint;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.report.ReportInput;
import dev.fettle.core.validate.DryRunResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        List<String> notes = notes(optimizer, analysis, proposal.plan());
        results.printOptimization(Results.proposal(read, analysis, proposal, notes), proposal.plan(), Map.of());
        Results.tellRejected(terminal, read.summary());
        return ExitCode.DONE;
    }

    private int optimizeProject() {
        Project project = source.project();
        ProfiledProject profiled = ProfiledProject.prepare(project);
        WorkflowOptimizer optimizer = profiled.optimizer();
        OutputFiles.requireWritable(
                OutputFiles.folder(output.output, project.workflow().id()));
        String original = Fingerprint.of(project.workflow(), project.folder());
        ProfiledProject.Profiled profile = profiled.run(terminal);
        Runs runs = profile.runs();
        Analysis analysis = profile.analysis();
        Proposal proposal = propose(optimizer, analysis, optimizer.trials(project, analysis));
        Plan plan = proposal.plan();
        DryRunResult proof = null;
        Map<String, String> certificate = Map.of();
        if (plan != null && !plan.suggestions().isEmpty() && !noValidation) {
            Certificate.Hashes hashes = hashes(project, plan, runs).withOriginal(original);
            proof = validate(optimizer, project, analysis, plan, runs);
            if (hashes.equals(hashes(project, plan, runs))) {
                certificate = certificate(project, hashes, proof);
            } else {
                proof = changed(proof);
            }
        }
        List<String> notes = proof == null ? notes(optimizer, analysis, plan) : List.of();
        MetricEstimate expected = plan == null || proof == null
                ? null
                : optimizer
                        .estimate(analysis, plan, proof)
                        .map(Estimate::durationSeconds)
                        .orElse(null);
        ReportInput input = Results.proved(project, runs, analysis, proposal, proof, expected, notes);
        new Results(terminal, output, optimizer).printOptimization(input, plan, certificate);
        ValidationVerdict verdict = proof == null ? null : proof.report().verdict();
        return verdict == ValidationVerdict.REJECT || verdict == ValidationVerdict.INCONCLUSIVE
                ? ExitCode.CHECK_FAILED
                : ExitCode.DONE;
    }

    /** What was measured is of no version that is there: nothing is certified. */
    private static DryRunResult changed(DryRunResult proof) {
        ValidationReport report = proof.report();
        boolean rejected = report.verdict() == ValidationVerdict.REJECT;
        ValidationReport unproved = new ValidationReport(
                rejected ? ValidationVerdict.REJECT : ValidationVerdict.INCONCLUSIVE,
                false,
                report.noiseFloor(),
                report.speedup(),
                report.costReduction(),
                report.errorRate(),
                report.runs(),
                report.compared(),
                report.differences(),
                report.reasons(),
                false);
        return new DryRunResult(
                unproved.withReason(
                        "no certificate is written: a definition, or a file in its folder that it names, was changed"
                                + " while the versions ran. Maybe a node writes a file that a command names"),
                proof.pairs(),
                proof.noise(),
                proof.complete());
    }

    private static Certificate.Hashes hashes(Project project, Plan plan, Runs runs) {
        return Certificate.Hashes.of(
                project.folder(),
                project.workflow(),
                plan.workflow(),
                project.inputs(),
                project.configuration(),
                runs.effects().effects(),
                null);
    }

    private static Map<String, String> certificate(Project project, Certificate.Hashes hashes, DryRunResult proof) {
        Certificate certificate = Certificate.of(
                project.workflow().id(), proof.report(), hashes, new Fettle.Version().getVersion()[0], Instant.now());
        return Map.of(CertificateFile.NAME, CertificateFile.write(certificate));
    }

    /** What is done outside is said before it is done. */
    static void tellEffects(Terminal terminal, WorkflowOptimizer optimizer, Project project) {
        List<String> nodes = optimizer.nodesWithEffects(project.workflow());
        if (!nodes.isEmpty()) {
            terminal.tell(
                    "the nodes " + nodes + " have external or undeclared effects, and each run performs them; a dry"
                            + " run replays what they gave. Declare (effects: none) where a node has none");
        }
    }

    /** What the checks that need no run say against a plan. */
    private static List<String> notes(WorkflowOptimizer optimizer, Analysis analysis, @Nullable Plan plan) {
        return plan == null
                ? List.of()
                : optimizer.check(analysis, plan).stream()
                        .map(violation -> (violation.critical() ? "Rejected by the check '" : "Noted by the check '")
                                + violation.type() + "': " + violation.message())
                        .toList();
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

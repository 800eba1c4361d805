package dev.fettle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.content.ContentHash;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.certificate.Certificate;
import dev.fettle.core.certificate.CertificateCheck;
import dev.fettle.core.certificate.CertificateFile;
import dev.fettle.core.certificate.Fingerprint;
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.FinishedPairs;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.report.JsonReport;
import dev.fettle.core.validate.DryRunResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle validate}: proves another version of a workflow, or checks the certificate of one. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Runs a workflow and another version of it, and says whether the other does the same, and better.")
final class ValidateCommand implements Callable<Integer> {
    private static final int KEY_DIGITS = 16;

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--candidate", paramLabel = "FILE", required = true, description = "The other version.")
    String candidate = "";

    @Option(names = "--recording", paramLabel = "FILE", description = "Answers models and everything that has effects.")
    @Nullable
    String recording;

    @Option(names = "--continue", description = "Go on with a dry run that was stopped.")
    boolean continued;

    @Option(names = "--check", paramLabel = "CERTIFICATE", description = "Only check a certificate; nothing is run.")
    @Nullable
    String check;

    @Option(names = "--agreed", description = "With --check: somebody agreed to a conditional verdict.")
    boolean agreed;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project given = source.project();
        Workflow other = Candidates.read(candidate);
        Candidates.requireSameFiles(other, candidate, given);
        if (check != null) {
            return checked(given, other, SourceOptions.path(check));
        }
        Recording answers = recording == null ? null : Candidates.recording(recording, given);
        Project project = answers == null ? given : Candidates.on(given, given.workflow(), answers);
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Path folder = OutputFiles.folder(output.output, project.workflow().id());
        OutputFiles.requireWritable(folder);
        FinishedPairs finished =
                new FinishedPairs(folder.resolve("dry-run-" + key(project, other, answers, optimizer)), continued);
        if (finished.size() > 0) {
            terminal.tell("going on after " + finished.size() + " finished pairs");
        }
        Certificate.Hashes hashes = hashes(project, other, answers);
        DryRunResult result;
        Runnable told = () -> terminal.tell("stopped: nothing is said yet, and " + finished.kept()
                + " finished pairs are kept; --continue goes on from them");
        AtomicFile.beforeTheEnd(told);
        try (Progress progress = terminal.progress("Running both versions")) {
            result = optimizer.validate(
                    project,
                    other,
                    answers,
                    finished,
                    (done, total, seconds) -> progress.step(done, total, 2L * finished.size()));
        } finally {
            AtomicFile.notBeforeTheEnd(told);
        }
        hashes.requireSame(hashes(project, other, answers));
        Certificate certificate = Certificate.of(
                project.workflow().id(), result.report(), hashes, new Fettle.Version().getVersion()[0], Instant.now());
        OutputFiles.write(folder, Map.of(CertificateFile.NAME, CertificateFile.write(certificate)));
        if (result.complete()) {
            finished.delete();
        } else {
            finished.keepFailed();
            terminal.tell("the finished pairs are kept: --continue goes on from them");
        }
        print(result, certificate, folder.resolve(CertificateFile.NAME));
        ValidationVerdict verdict = result.report().verdict();
        return verdict == ValidationVerdict.REJECT || verdict == ValidationVerdict.INCONCLUSIVE
                ? ExitCode.CHECK_FAILED
                : ExitCode.DONE;
    }

    /** Tells the finished pairs of one dry run from those of another. */
    private String key(Project project, Workflow other, @Nullable Recording answers, WorkflowOptimizer optimizer) {
        String all = String.join(
                "\n",
                Fingerprint.of(project.workflow(), project.folder()),
                Fingerprint.of(other, project.folder()),
                Fingerprint.of(project.inputs()),
                answers == null ? "" : answers.id(),
                optimizer.dryRunSettings().toString(),
                Fingerprint.of(project.configuration()));
        return ContentHash.ofText(all).substring(0, KEY_DIGITS);
    }

    private Certificate.Hashes hashes(Project project, Workflow other, @Nullable Recording answers) {
        return Certificate.Hashes.of(
                project.folder(),
                project.workflow(),
                other,
                project.inputs(),
                project.configuration(),
                answers == null ? List.of() : answers.effects(),
                recording == null ? null : Fingerprint.ofFiles(SourceOptions.path(recording)));
    }

    private void print(DryRunResult result, Certificate certificate, Path file) {
        ValidationReport report = result.report();
        if (output.format == OutputOptions.Format.JSON) {
            ObjectMapper mapper = Json.mapper();
            ObjectNode root = mapper.createObjectNode();
            root.put("workflow", certificate.workflow());
            root.put("verdict", certificate.verdict().name());
            root.set(
                    "validation",
                    new JsonReport(mapper).validation(report, result.originalSeconds(), result.candidateSeconds()));
            root.set("hashes", mapper.valueToTree(certificate.hashes()));
            root.put("certificate", file.toString());
            terminal.out().println(root.toPrettyString());
            return;
        }
        if (report.runs() == 0) {
            terminal.print(report.verdict() + " without a run");
        } else {
            measured(report);
        }
        report.reasons().forEach(reason -> terminal.print("  " + reason));
        report.differences().forEach(difference -> terminal.print("  differs: " + difference));
        terminal.print("Certificate: " + file);
    }

    private void measured(ValidationReport report) {
        terminal.print(String.format(
                Locale.ROOT,
                "%s after %d pairs: speedup %.2f (%.2f to %.2f)",
                report.verdict(),
                report.runs(),
                report.speedup().value(),
                report.speedup().low(),
                report.speedup().high()));
    }

    private int checked(Project given, Workflow other, Path file) {
        CertificateCheck result = Candidates.check(given, other, file, recording, agreed);
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("certificate", file.toString());
            root.put("verdict", result.certificate().verdict().name());
            root.put("holds", result.holds());
            result.problems().forEach(root.putArray("problems")::add);
            terminal.out().println(root.toPrettyString());
        } else {
            terminal.print(
                    file + ": " + result.certificate().verdict() + (result.holds() ? ", holds" : ", does not hold"));
            result.problems().forEach(problem -> terminal.print("  " + problem));
            if (recording == null && result.certificate().hashes().recording() != null) {
                terminal.print("  the recording was not compared: name it with --recording");
            }
        }
        return result.holds() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}

package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle replay}: runs any version of a workflow with outside calls answered from a recording. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Runs a workflow on recorded inputs, with models and everything that has effects answered from the"
                        + " recording; with the setting recording.scope (tools), every tool too.")
final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    FormatOption output = new FormatOption();

    @Option(names = "--recording", paramLabel = "FILE", required = true, description = "What answers.")
    String recording = "";

    @Option(names = "--candidate", paramLabel = "FILE", description = "Another version to run in the project's place.")
    @Nullable
    String candidate;

    @Option(names = "--runs", paramLabel = "N", description = "Runs (default: one for each recorded run).")
    @Nullable
    Integer runs;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project definition = source.definition();
        Recording answers = Candidates.recording(recording, definition);
        int count = runs == null ? answers.runs().size() : runs;
        if (count < 1) {
            throw new FettleException(ErrorCode.USAGE, "--runs is (" + count + "); expected at least 1");
        }
        Project project = Candidates.on(
                definition, candidate == null ? definition.workflow() : Candidates.read(candidate), answers);
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Analyzer.Collector collector = optimizer.collector(project.workflow());
        Outputs outputs = new Outputs();
        Runs done;
        try (Progress progress =
                terminal.progress("Replaying " + project.workflow().id())) {
            done = optimizer.replay(
                    project,
                    answers,
                    count,
                    result -> {
                        collector.accept(result.trace());
                        outputs.accept(result);
                    },
                    progress::step);
        }
        print(project, done, collector.analysis().profile(), outputs);
        return done.failed() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private void print(Project project, Runs done, PerformanceProfile profile, Outputs outputs) {
        double meanSeconds = profile.duration().mean().toNanos() / 1e9;
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("workflow", project.workflow().id());
            root.put("recording", recording);
            root.put("runs", done.runs());
            root.put("failed", done.failed());
            root.put("answered", done.answered());
            root.put("meanSeconds", meanSeconds);
            root.put("usd", profile.cost().usd());
            done.errors().forEach(root.putArray("errors")::add);
            outputs.describe(root);
            terminal.out().println(root.toPrettyString());
            return;
        }
        terminal.print(String.format(
                Locale.ROOT,
                "%s: %d runs, %d failed, mean %.0f ms (%s calls answered from the recording, with their recorded time)",
                project.workflow().id(),
                done.runs(),
                done.failed(),
                meanSeconds * 1e3,
                Terminal.count(done.answered())));
        done.errors().forEach(error -> terminal.print("  error: " + error));
    }
}

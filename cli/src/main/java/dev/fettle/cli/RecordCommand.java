package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.RunConsumer;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle record}: runs a project for real and keeps what it asked outside, with the answers. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Runs a workflow on its inputs and records what it asks outside: tools, models, effects.")
final class RecordCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    FormatOption output = new FormatOption();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the recording is written.")
    String out = "";

    @Option(names = "--runs", paramLabel = "N", description = "Runs (default: as many as inputs).")
    @Nullable
    Integer runs;

    RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project = source.project();
        int count = runs == null ? project.inputs().size() : runs;
        if (count < 1) {
            throw new FettleException(ErrorCode.USAGE, "--runs is (" + count + "); expected at least 1");
        }
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        OptimizeCommand.tellEffects(terminal, optimizer, project);
        Path file = SourceOptions.path(out);
        AtomicLong calls = new AtomicLong();
        Runs done;
        try (RunFiles files = RunFiles.recording(optimizer, project, file, terminal::tell)) {
            done = record(
                    optimizer,
                    project,
                    count,
                    (recorded, result) -> {
                        calls.addAndGet(recorded.calls().size());
                        files.accept(recorded, result);
                    },
                    files);
            files.commit();
        } catch (UncheckedIOException e) {
            throw RunFiles.unwritable(file, e);
        }
        if (RunFiles.isEnding()) {
            return ExitCode.CHECK_FAILED;
        }
        print(project, done, file, calls.get());
        return done.failed() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private Runs record(WorkflowOptimizer optimizer, Project project, int count, RunConsumer consumer, RunFiles files) {
        try (Progress progress =
                terminal.progress("Recording " + project.workflow().id())) {
            return optimizer.record(project, count, 0, new Attendance.Unattended(), consumer, progress::step);
        } catch (FettleException e) {
            throw files.keeping(e);
        }
    }

    private void print(Project project, Runs done, Path file, long calls) {
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw RunFiles.unwritable(file, e);
        }
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("workflow", project.workflow().id());
            root.put("recording", file.toString());
            root.put("runs", done.runs());
            root.put("failed", done.failed());
            root.put("calls", calls);
            root.put("bytes", bytes);
            done.errors().forEach(root.putArray("errors")::add);
            terminal.out().println(root.toPrettyString());
            return;
        }
        terminal.print(project.workflow().id() + ": " + done.runs() + " runs, " + done.failed() + " failed, "
                + Terminal.count(calls) + " outside calls, " + Terminal.count(bytes) + " bytes");
        done.errors().forEach(error -> terminal.print("  error: " + error));
        terminal.print("Recording: " + file);
    }
}

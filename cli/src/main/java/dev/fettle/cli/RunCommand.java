package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.RunConsumer;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle run}: runs a project and records its traces. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a workflow on its inputs and records the traces.")
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--runs", paramLabel = "N", description = "Runs that count (default: as many as inputs).")
    @Nullable
    Integer runs;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Runs before them, at least (default: ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Where the traces are written, a JSON object a line; the recording goes beside them.")
    @Nullable
    String record;

    @Option(
            names = "--pause",
            negatable = true,
            fallbackValue = "true",
            description = "Pause where a node waits for a person, and write a checkpoint (default: on a terminal).")
    @Nullable
    Boolean pause;

    @Option(
            names = "--export-otlp",
            paramLabel = "FILE_OR_URL",
            description =
                    "Also write the traces as OTLP/JSON: to a file, or to a collector (http://host:4318/v1/traces).")
    @Nullable
    String exportOtlp;

    private final List<PausedFile> paused = new ArrayList<>();
    private final Outputs outputs = new Outputs();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project = source.project();
        int count = runs == null ? project.inputs().size() : runs;
        if (count < 1 || warmUp < 0) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "--runs is (" + count + ") and --warm-up (" + warmUp + "); expected at least 1 and at least 0");
        }
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Analyzer.Collector collector = optimizer.collector(project.workflow());
        Runs done = record == null
                ? run(optimizer, project, count, (recorded, result) -> collector.accept(result.trace()))
                : recorded(optimizer, project, count, SourceOptions.path(record), collector);
        if (RunFiles.isEnding()) {
            // What was under way failed because the program is told to end; what is kept is said elsewhere.
            return ExitCode.CHECK_FAILED;
        }
        print(project, done, collector.analysis().profile());
        if (done.failed() > 0) {
            return ExitCode.CHECK_FAILED;
        }
        return done.paused() > 0 ? ExitCode.PAUSED : ExitCode.DONE;
    }

    private Runs run(WorkflowOptimizer optimizer, Project project, int count, RunConsumer consumer) {
        boolean mayPause = pause == null ? terminal.interactive() : pause;
        Path folder = OutputFiles.folder(output.output, project.workflow().id()).resolve("paused");
        try (OtlpExport export = OtlpExport.to(exportOtlp, optimizer);
                Progress progress =
                        terminal.progress("Running " + project.workflow().id())) {
            return optimizer.record(
                    project,
                    count,
                    warmUp,
                    mayPause ? new Attendance.Attended() : new Attendance.Unattended(),
                    (recorded, result) -> {
                        if (result.pause() != null) {
                            paused.add(PausedFile.create(
                                    folder, project, result.trace().id(), result.pause()));
                        } else {
                            export.accept(result.trace());
                            outputs.accept(result);
                        }
                        consumer.accept(recorded, result);
                    },
                    progress::step);
        }
    }

    private Runs recorded(
            WorkflowOptimizer optimizer, Project project, int count, Path file, Analyzer.Collector collector) {
        try (RunFiles files = RunFiles.traces(optimizer, project, file, terminal::tell)) {
            Runs done = recorded(optimizer, project, count, files, collector);
            files.commit();
            return done;
        } catch (UncheckedIOException e) {
            throw RunFiles.unwritable(file, e);
        }
    }

    private Runs recorded(
            WorkflowOptimizer optimizer, Project project, int count, RunFiles files, Analyzer.Collector collector) {
        try {
            return run(optimizer, project, count, (recorded, result) -> {
                files.accept(recorded, result);
                collector.accept(result.trace());
            });
        } catch (FettleException e) {
            throw files.keeping(e);
        }
    }

    private void print(Project project, Runs done, PerformanceProfile profile) {
        double meanSeconds = profile.duration().mean().toNanos() / 1e9;
        CostSummary cost = profile.cost();
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("workflow", project.workflow().id());
            root.put("runs", done.runs());
            root.put("failed", done.failed());
            ArrayNode waiting = root.putArray("paused");
            paused.forEach(file -> file.describe(waiting.addObject()));
            done.errors().forEach(root.putArray("errors")::add);
            outputs.describe(root);
            root.put("meanSeconds", meanSeconds);
            root.put("usd", isKnown(cost) ? cost.usd() : null);
            cost.unpricedModels().stream().sorted().forEach(root.putArray("unpricedModels")::add);
            root.put("record", record);
            root.put("recording", record == null ? null : recording(record).toString());
            terminal.out().println(root.toPrettyString());
            return;
        }
        terminal.print(String.format(
                Locale.ROOT,
                "%s: %d runs, %d failed, mean %.0f ms (measured), %s",
                project.workflow().id(),
                done.runs(),
                done.failed(),
                meanSeconds * 1e3,
                isKnown(cost) ? cost.usd().toPlainString() + " USD in all (by the price table)" : "cost not known"));
        if (!cost.unpricedModels().isEmpty()) {
            terminal.print("  with calls whose cost is not known (no price, or the server counted no tokens), and which"
                    + " are in no sum: " + new TreeSet<>(cost.unpricedModels()));
        }
        done.errors().forEach(error -> terminal.print("  error: " + error));
        paused.forEach(file -> file.print(terminal));
        if (record != null) {
            terminal.print("Traces: " + record);
            terminal.print("Recording: " + recording(record));
        }
    }

    /** Nothing spent is known as well, where no call's cost is unknown. */
    private static boolean isKnown(CostSummary cost) {
        return cost.unpricedModels().isEmpty()
                || !cost.usdByModel().isEmpty()
                || !cost.usdByTool().isEmpty();
    }

    private static Path recording(String traces) {
        return RunFiles.recordingBeside(SourceOptions.path(traces));
    }
}

package dev.fettle.benchmarks.replay;

import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.Recording;
import dev.fettle.core.optimize.ProgressListener;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.record.RecordingReader;
import dev.fettle.core.record.RecordingWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Records one run of a workflow of agents and commands with external effects, half of each and some of them in parallel,
 * then replays it many times in one process.
 */
@Command(
        name = "replay",
        description =
                "Replays a recorded run many times; prints {\"nodes\",\"runs\",\"failed\",\"answered\",\"seconds\"}.")
public final class ReplayCommand implements Callable<Integer> {
    private static final int MEMBERS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--nodes", defaultValue = "30", description = "default ${DEFAULT-VALUE}")
    private int nodes;

    @Option(names = "--runs", defaultValue = "1000", description = "default ${DEFAULT-VALUE}")
    private int runs;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("fettle-replay");
        try {
            replay(folder);
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void replay(Path folder) throws IOException {
        Files.writeString(folder.resolve("workflow.yaml"), definition(Math.max(2, nodes)));
        Files.writeString(
                folder.resolve("inputs.jsonl"),
                "{\"text\": \"" + "A sentence about nothing much. Another one. ".repeat(20) + "\"}\n");
        Project project = Project.read(folder);
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Path file = folder.resolve("run.recording.gz");
        record(optimizer, project, file);
        long start = System.nanoTime();
        Recording recording = RecordingReader.read(file, project.configuration().recording());
        Runs done = optimizer.replay(project, recording, Math.max(1, runs), result -> {}, ProgressListener.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "{\"nodes\":%d,\"runs\":%d,\"failed\":%d,\"answered\":%d,\"seconds\":%.3f}",
                project.workflow().allNodes().stream()
                        .filter(node -> node.members().isEmpty())
                        .count(),
                done.runs(),
                done.failed(),
                done.answered(),
                seconds));
        done.errors().stream().limit(1).forEach(out::println);
        out.flush();
    }

    private static void record(WorkflowOptimizer optimizer, Project project, Path file) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(
                file, project.workflow().id(), project.configuration().recording())) {
            Runs done = optimizer.record(
                    project,
                    1,
                    0,
                    new Attendance.Unattended(),
                    (recorded, result) -> {
                        try {
                            writer.add(recorded);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    ProgressListener.NONE);
            if (done.failed() > 0) {
                throw new IllegalStateException("the run to be recorded failed: " + done.errors());
            }
            writer.commit();
        }
    }

    /** Agents and commands in turn; each group of members runs in a block. */
    private static String definition(int count) {
        StringBuilder yaml = new StringBuilder("version: 1\nid: replayed\ninputs: [text]\noutputs: [v0]\nnodes:\n");
        for (int first = 0; first < count; first += 2 * MEMBERS) {
            int afterChain = Math.min(count, first + MEMBERS);
            for (int i = first; i < afterChain; i++) {
                yaml.append("  - ").append(node(i)).append('\n');
            }
            int afterBlock = Math.min(count, afterChain + MEMBERS);
            if (afterBlock > afterChain) {
                yaml.append("  - id: block").append(first).append("\n    kind: parallel\n    members:\n");
                for (int i = afterChain; i < afterBlock; i++) {
                    yaml.append("      - ").append(node(i)).append('\n');
                }
            }
        }
        return yaml.toString();
    }

    private static String node(int i) {
        return i % 2 == 0
                ? "{id: n" + i + ", kind: agent, model: fettle-extractive, prompt: \"Summarize " + i
                        + ": {text}\", reads: [text], writes: [v" + i + "], effects: none}"
                : "{id: n" + i + ", kind: command, command: [sh, -c, 'cat > /dev/null; echo \"{\\\"v" + i
                        + "\\\": 1}\"'], environment: [PATH], reads: [text], writes: [v" + i + "], effects: external}";
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}

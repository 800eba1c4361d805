package dev.fettle.benchmarks.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How good the dataflow schedule is on executed workflows whose best schedule can be bounded. */
@Command(
        name = "makespan",
        description = {
            "Predicts the makespan of each executed workflow (WfFormat 1.5) as a dataflow block, as JSON on standard output.",
            "\"criticalPath\": the longest path. \"bound\": no schedule on so many workers is shorter (the greater of the"
                    + " longest path and the work shared evenly). \"measured\": as recorded, queueing included. Seconds."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateMakespanCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--instances", paramLabel = "DIR", required = true, description = "Folder with the files.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path instances;

    @Option(names = "--workers", paramLabel = "N", required = true, description = "Tasks that run at once.")
    private int workers;

    @Override
    public Integer call() {
        if (workers < 1) {
            throw new FettleException(ErrorCode.USAGE, "--workers is (" + workers + "); expected at least 1");
        }
        ObjectNode root = new ObjectMapper().createObjectNode();
        var list = root.putArray("instances");
        for (Path file : files()) {
            WorkflowInstance instance = WorkflowInstance.read(file);
            ObjectNode one = list.addObject();
            one.put("file", instances.relativize(file).toString());
            one.put("tasks", instance.size());
            one.put("criticalPath", instance.criticalPath());
            one.put("predicted", DataflowSchedule.predict(instance, workers));
            one.put("bound", instance.bound(workers));
            one.put("measured", Double.isNaN(instance.makespanSeconds()) ? null : (Double) instance.makespanSeconds());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(root.toPrettyString());
        out.flush();
        return 0;
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(instances)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (!files.isEmpty()) {
                return files;
            }
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, instances + ": cannot be listed (" + e.getMessage() + ")", e);
        }
        throw new FettleException(ErrorCode.BAD_INPUT, instances + ": holds no .json file; expected WfFormat 1.5");
    }
}

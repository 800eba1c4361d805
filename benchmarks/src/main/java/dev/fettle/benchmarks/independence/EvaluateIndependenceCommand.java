package dev.fettle.benchmarks.independence;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.read.BoundReader;
import dev.fettle.core.read.ReadSettings;
import dev.fettle.core.read.TraceSources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether what strategies suggest to run at the same time needs nothing of each other. */
@Command(
        name = "independence",
        description = {
            "Asks all strategies about every node of recorded runs, each run alone and all together, and judges every pair of calls that they"
                    + " would let run at the same time by the recorded values; JSON on standard output.",
            "\"pairs\": calls of tools and agents that followed one another within one agent; \"dependent\": those for which"
                    + " recorded values show that the later needs the earlier; \"suggested\": pairs that suggestions would let"
                    + " run at once; \"false\": those of them that are dependent, with the reason.",
            "Nodes and tools count as without effects and nodes as code, so that neither keeps a strategy silent."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateIndependenceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--traces",
            paramLabel = "PATH",
            required = true,
            description = "A file or folder of nested span trees with OpenInference attributes.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path traces;

    @Override
    public Integer call() {
        List<List<RawSpan>> recorded = RawSpans.read(traces);
        Map<String, ExecutionTrace> runs = new HashMap<>();
        List<BoundReader> readers = new ArrayList<>();
        ServiceLoader.load(TraceReader.class, EvaluateIndependenceCommand.class.getClassLoader())
                .forEach(reader -> readers.add(BoundReader.withDefaults(reader)));
        TraceSources.read(
                List.of(traces), readers, ReadSettings.DEFAULT, (bytes, total) -> {}, run -> runs.put(run.id(), run));
        IndependenceTrial trial = new IndependenceTrial();
        List<ExecutionTrace> all = new ArrayList<>();
        for (List<RawSpan> spans : recorded) {
            ExecutionTrace run = spans.isEmpty() ? null : runs.get(spans.get(0).trace());
            if (run == null) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        traces + ": a trace was read as text but not as a run; its spans may be broken");
            }
            trial.look(run, spans);
            all.add(run);
        }
        trial.ask(all);
        for (ExecutionTrace run : all) {
            trial.ask(List.of(run));
        }
        print(trial);
        return 0;
    }

    private void print(IndependenceTrial trial) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("runs", trial.runs());
        root.put("pairs", trial.pairs());
        root.put("dependent", trial.dependent());
        root.put("suggestions", trial.suggestions());
        root.put("suggested", trial.suggested());
        ArrayNode wrong = root.putArray("false");
        trial.wrong().forEach(one -> wrong.addObject()
                .put("suggestion", one.suggestion())
                .put("trace", one.pair().earlier().trace())
                .put("earlier", one.pair().earlier().id())
                .put("later", one.pair().later().id())
                .put("reason", one.reason()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(root.toPrettyString());
        out.flush();
    }
}

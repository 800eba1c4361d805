package dev.fettle.examples.langgraph4j;

import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.ProgressListener;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.ingest.nativejson.NativeTraceWriter;
import dev.fettle.runtime.langgraph4j.GraphRecording;
import dev.fettle.runtime.langgraph4j.ImportedGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;

/** Records a graph on Java sources, lets Fettle optimize it, and runs both versions on the same sources. */
public final class OptimizedDossier {
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 5;

    private OptimizedDossier() {}

    /**
     * Prints the plan and what both versions took.
     *
     * @param args a folder of Java sources; by default the current one
     */
    public static void main(String[] args) throws Exception {
        System.out.println(run(Path.of(args.length == 0 ? "." : args[0])));
    }

    /** What came of it, in words. */
    static String run(Path folder) throws Exception {
        List<String> texts = texts(folder);
        StateGraph<AgentState> graph = DossierGraph.graph();
        ImportedGraph<AgentState> imported = ImportedGraph.of("dossier", graph, DossierGraph.declarations());
        Plan plan = plan(imported, texts);
        return "plan: " + plan.suggestions().stream().map(Suggestion::reason).toList() + "\n"
                + compare(graph.compile(), imported.optimized(plan.workflow()).compile(), texts);
    }

    private static Plan plan(ImportedGraph<AgentState> imported, List<String> texts) throws Exception {
        Path traces = Files.createTempFile("traces", ".jsonl");
        try {
            try (OutputStream out = Files.newOutputStream(traces)) {
                for (int i = 0; i < texts.size() * ROUNDS; i++) {
                    GraphRecording<AgentState> run = imported.record();
                    run.graph().compile().invoke(Map.of("text", texts.get(i % texts.size())));
                    new NativeTraceWriter().write(run.trace(), out);
                }
            }
            WorkflowOptimizer optimizer = WorkflowOptimizer.create(Configuration.DEFAULT);
            Analysis analysis = optimizer
                    .analyze(List.of(traces), imported.workflow(), ProgressListener.NONE)
                    .analysis();
            if (analysis == null) {
                throw new IllegalStateException("no trace of " + traces + " could be read");
            }
            Plan plan = optimizer
                    .propose(analysis, ToolTrials.NONE, (evaluations, best) -> {})
                    .plan();
            if (plan == null) {
                throw new IllegalStateException("nothing was found to improve");
            }
            return plan;
        } finally {
            Files.delete(traces);
        }
    }

    private static String compare(
            CompiledGraph<AgentState> original, CompiledGraph<AgentState> optimized, List<String> texts) {
        long originalNanos = 0;
        long optimizedNanos = 0;
        int different = 0;
        for (int i = 0; i < texts.size() * (WARM_UP + ROUNDS); i++) {
            if (i == texts.size() * WARM_UP) {
                originalNanos = 0;
                optimizedNanos = 0;
            }
            Map<String, Object> input = Map.of("text", texts.get(i % texts.size()));
            long start = System.nanoTime();
            Object before = dossier(original, input);
            long middle = System.nanoTime();
            Object after = dossier(optimized, input);
            originalNanos += middle - start;
            optimizedNanos += System.nanoTime() - middle;
            different += before.equals(after) ? 0 : 1;
        }
        int runs = texts.size() * ROUNDS;
        return String.format(
                "measured over %d paired runs after as many for warm-up: %.1f ms before, %.1f ms after; %d dossiers differ",
                runs, originalNanos / 1e6 / runs, optimizedNanos / 1e6 / runs, different);
    }

    private static Object dossier(CompiledGraph<AgentState> graph, Map<String, Object> input) {
        return graph.invoke(input).orElseThrow().value("dossier").orElseThrow();
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .limit(8)
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(
                    "there are no Java sources in (" + folder + "); expected at least one file that ends with .java");
        }
        return texts;
    }
}

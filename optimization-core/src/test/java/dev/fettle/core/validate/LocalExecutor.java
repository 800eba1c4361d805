package dev.fettle.core.validate;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs chains and blocks of nodes one after another, each by a function on the state, on a clock that each node moves on by
 * as much as it is told. Nodes with effects are answered from the recording, as the contract of the executor says.
 */
final class LocalExecutor implements WorkflowExecutor {
    private final Map<String, Function<Map<String, Object>, Map<String, Object>>> code = new TreeMap<>();
    private final ToDoubleFunction<Node> seconds;
    final List<String> performed = new ArrayList<>();

    /** Of the run under way: which of the recorded runs on its input answers. */
    int turn;

    /** Of every run, by its id. */
    final Map<String, Integer> turns = new TreeMap<>();

    LocalExecutor(ToDoubleFunction<Node> seconds) {
        this.seconds = seconds;
    }

    LocalExecutor node(String id, Function<Map<String, Object>, Map<String, Object>> function) {
        code.put(id, function);
        return this;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<String> obstacles(Workflow workflow, Runners runners, Record settings) {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty() && !code.containsKey(node.id()))
                .map(node -> "the node (" + node.id() + ") has no code")
                .toList();
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) {
        turn = request.effects() instanceof EffectPolicy.Replay replay ? replay.turn() : 0;
        turns.put(request.runId(), turn);
        Map<String, Object> state = new TreeMap<>(request.input());
        List<NodeOccurrence> occurrences = new ArrayList<>();
        double clock = 0;
        String error = null;
        List<RecordedEffect> effects = new ArrayList<>();
        String at = request.workflow().entry();
        while (error == null && !at.equals(Edge.END)) {
            Node node = request.workflow().node(at).orElseThrow();
            double start = clock;
            for (Node leaf : node.members().isEmpty() ? List.of(node) : node.members()) {
                double took = seconds.applyAsDouble(leaf);
                clock = node.members().isEmpty() ? start + took : Math.max(clock, start + took);
                boolean runs = error == null;
                error = runs ? step(leaf, request, state) : error;
                if (runs && error == null && leaf.effects().mustKeep()) {
                    effects.add(new RecordedEffect(leaf.id(), null, reads(leaf, state), Map.of()));
                }
                occurrences.add(NodeOccurrence.builder(leaf.id(), leaf.id())
                        .start(duration(start))
                        .duration(duration(took))
                        .status(error == null ? Status.OK : Status.ERROR)
                        .readHashes(Map.of("reads", reads(leaf, state)))
                        .build());
            }
            List<Edge> next = request.workflow().outgoing(at);
            at = next.isEmpty() ? Edge.END : next.get(0).to();
        }
        Map<String, Object> output = new TreeMap<>(state);
        output.keySet().retainAll(request.workflow().outputs());
        ExecutionTrace trace = new ExecutionTrace(
                request.runId(),
                request.workflow().id(),
                Instant.EPOCH,
                duration(clock),
                error == null ? Status.OK : Status.ERROR,
                true,
                String.valueOf(request.input().get("text")),
                Map.of(),
                occurrences);
        return new ExecutionResult(trace, state, output, error, effects);
    }

    private static String reads(Node node, Map<String, Object> state) {
        return node.state().reads().stream()
                .map(key -> String.valueOf(state.get(key)))
                .toList()
                .toString();
    }

    private @Nullable String step(Node node, ExecutionRequest request, Map<String, Object> state) {
        if (node.effects().mustKeep() && request.effects() instanceof EffectPolicy.Replay replay) {
            return replay.recording().calls(OutsideCall.Kind.NODE, node.id()).isEmpty()
                    ? "no recorded result for " + node.id()
                    : null;
        }
        performed.add(node.id());
        try {
            state.putAll(code.getOrDefault(node.id(), unused -> Map.of()).apply(state));
            return null;
        } catch (IllegalStateException e) {
            return node.id() + ": " + e.getMessage();
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}

package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workflow on symbolic values, without any code: each node writes a value that stands for what it does and what
 * it read. Two versions of a workflow compute the same exactly where their simulated outputs are equal for all seeds.
 * The seed decides the values of the inputs, the labels that conditions choose (a function of what they read and how
 * often they ran) and how long nodes take.
 *
 * <p>The members of a team take turns within its time; what they do does not change what the team writes.
 *
 * <p>A loop edge whose limit is used up is not taken any more; the condition's first other edge is.
 */
@Stable
public final class WorkflowSimulator {
    private static final int MOST_STEPS = 10_000;
    private static final int HANGING = 10;

    private final Workflow workflow;
    private final Map<String, Double> seconds = new HashMap<>();
    private final Map<String, Double> failureRates = new HashMap<>();
    private final Map<String, Double> hangingRates = new HashMap<>();

    private WorkflowSimulator(Workflow workflow) {
        this.workflow = workflow;
    }

    public static WorkflowSimulator of(Workflow workflow) {
        return new WorkflowSimulator(workflow);
    }

    /** How long the node takes, on average. Nodes that are not named take between 0.05 and 2 seconds. */
    public WorkflowSimulator seconds(String node, double mean) {
        seconds.put(node, mean);
        return this;
    }

    /** How often the node fails, in [0, 1]. A failure ends the run. */
    public WorkflowSimulator failing(String node, double rate) {
        failureRates.put(node, rate);
        return this;
    }

    /** How often the node hangs, in [0, 1]: it takes ten times as long, and fails. */
    public WorkflowSimulator hanging(String node, double rate) {
        hangingRates.put(node, rate);
        return this;
    }

    /** Runs with the seeds 0 to n-1. */
    public List<ExecutionTrace> traces(int n) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int seed = 0; seed < n; seed++) {
            traces.add(run(seed).trace());
        }
        return traces;
    }

    public SimulatedRun run(long seed) {
        return new Run(seed).run();
    }

    /** One run. */
    private final class Run {
        private final long seed;
        private final Map<String, String> state = new TreeMap<>();
        private final Map<String, Integer> iterations = new HashMap<>();
        private final Map<Edge, Integer> traversals = new HashMap<>();
        private final List<NodeOccurrence> occurrences = new ArrayList<>();
        private boolean failed;

        Run(long seed) {
            this.seed = seed;
        }

        SimulatedRun run() {
            workflow.inputs().forEach(key -> state.put(key, SymbolicNode.symbol(seed + key)));
            Duration clock = Duration.ZERO;
            String current = workflow.entry();
            for (int step = 0; step < MOST_STEPS && current != null && !failed; step++) {
                Node node = workflow.node(current).orElseThrow();
                String label = node.kind() == NodeKind.CONDITION ? choose(node) : null;
                Map<String, String> written = new LinkedHashMap<>();
                clock = execute(node, clock, null, state, label, written);
                state.putAll(written);
                current = next(node, label);
            }
            Status status = failed ? Status.ERROR : Status.OK;
            ExecutionTrace trace = new ExecutionTrace(
                    workflow.id() + "-" + seed,
                    workflow.id(),
                    Instant.EPOCH.plusSeconds(seed),
                    clock,
                    status,
                    true,
                    SymbolicNode.symbol("input" + seed),
                    Map.of(),
                    occurrences);
            return new SimulatedRun(trace, state);
        }

        private @Nullable String choose(Node node) {
            List<String> labels = workflow.outgoing(node.id()).stream()
                    .map(edge -> edge.when() == null ? "" : edge.when())
                    .sorted()
                    .toList();
            if (labels.isEmpty()) {
                return null;
            }
            int iteration = iterations.getOrDefault(node.id(), 0);
            String choice = SymbolicNode.inputs(node, state) + seed + "/" + iteration;
            return labels.get(Math.floorMod(SymbolicNode.symbol(choice).hashCode(), labels.size()));
        }

        private @Nullable String next(Node node, @Nullable String label) {
            List<Edge> open = workflow.outgoing(node.id()).stream()
                    .filter(edge ->
                            edge.maxTraversals() == null || traversals.getOrDefault(edge, 0) < edge.maxTraversals())
                    .toList();
            if (open.isEmpty()) {
                return null;
            }
            Edge taken = open.stream()
                    .filter(edge -> label == null || label.equals(edge.when() == null ? "" : edge.when()))
                    .findFirst()
                    .orElse(open.get(0));
            traversals.merge(taken, 1, Integer::sum);
            return taken.to().equals(Edge.END) ? null : taken.to();
        }

        /** Runs a node on what it sees and returns when it ended. */
        private Duration execute(
                Node node,
                Duration start,
                @Nullable String parent,
                Map<String, String> visible,
                @Nullable String label,
                Map<String, String> written) {
            int iteration = iterations.merge(node.id(), 1, Integer::sum) - 1;
            String id = node.id() + "#" + iteration;
            int place = occurrences.size();
            Duration end;
            if (node.body() instanceof NodeBody.Parallel parallel) {
                end = block(parallel, start, id, visible, written);
            } else {
                written.putAll(SymbolicNode.write(node, visible));
                end = start.plus(duration(node, iteration));
            }
            boolean hangs = random(node, iteration, 3).nextDouble() < hangingRates.getOrDefault(node.id(), 0.0);
            if (hangs) {
                end = start.plus(end.minus(start).multipliedBy(HANGING));
            }
            boolean fails =
                    hangs || random(node, iteration, 1).nextDouble() < failureRates.getOrDefault(node.id(), 0.0);
            failed |= fails;
            NodeOccurrence occurrence = NodeOccurrence.builder(id, node.id())
                    .parent(parent)
                    .kind(node.kind())
                    .iteration(iteration)
                    .start(start)
                    .duration(end.minus(start))
                    .status(fails ? Status.ERROR : Status.OK)
                    .errorType(hangs ? "SimulatedTimeout" : fails ? "SimulatedFailure" : null)
                    .label(label)
                    .readHashes(restrict(visible, node.state().reads()))
                    .writeHashes(written)
                    .toolCalls(toolCalls(node, visible, start, end))
                    .build();
            occurrences.add(place, occurrence);
            if (node.body() instanceof NodeBody.Team team) {
                occurrences.addAll(new SimulatedTeam(occurrence, random(node, iteration, 2)).turns(team));
            }
            return end;
        }

        private Duration block(
                NodeBody.Parallel block,
                Duration start,
                String id,
                Map<String, String> visible,
                Map<String, String> written) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Map<String, Duration> ready = new HashMap<>();
            Duration end = start;
            for (Node member : block.members()) {
                Map<String, String> seen = new TreeMap<>(visible);
                Duration begin = start;
                for (String key : member.state().reads()) {
                    if (values.containsKey(key)) {
                        seen.put(key, reduced(block, key, values));
                        Duration written0 = ready.getOrDefault(key, start);
                        begin = written0.compareTo(begin) > 0 ? written0 : begin;
                    }
                }
                Map<String, String> own = new LinkedHashMap<>();
                Duration done = execute(member, begin, id, seen, null, own);
                own.forEach((key, value) -> {
                    values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                    ready.merge(key, done, (a, b) -> a.compareTo(b) > 0 ? a : b);
                });
                end = done.compareTo(end) > 0 ? done : end;
            }
            values.keySet().forEach(key -> written.put(key, reduced(block, key, values)));
            return end;
        }

        private String reduced(NodeBody.Parallel block, String key, Map<String, List<String>> values) {
            return SymbolicNode.reduce(
                    block.reducers().getOrDefault(key, NodeBody.Reducer.LAST), values.getOrDefault(key, List.of()));
        }

        private SplittableRandom random(Node node, int iteration, int use) {
            return new SplittableRandom((seed * 31 + node.id().hashCode()) * 31 + iteration * 7L + use);
        }

        private Duration duration(Node node, int iteration) {
            double mean = seconds.getOrDefault(
                    node.id(), 0.05 + 1.95 * new SplittableRandom(node.id().hashCode()).nextDouble());
            double noise = 0.8 + 0.4 * random(node, iteration, 0).nextDouble();
            return Duration.ofNanos(Math.round(mean * noise * 1e9));
        }

        private List<ToolCall> toolCalls(Node node, Map<String, String> visible, Duration start, Duration end) {
            List<ToolCall> calls = new ArrayList<>();
            Set<String> tools = new LinkedHashSet<>(node.tools().values());
            if (node.body() instanceof NodeBody.Tool body) {
                tools.add(node.tools().getOrDefault(body.tool(), body.tool()));
            }
            Duration each = tools.isEmpty() ? Duration.ZERO : end.minus(start).dividedBy(tools.size() + 1L);
            Duration at = start;
            for (String tool : tools) {
                String arguments = SymbolicNode.symbol(
                        "arguments" + restrict(visible, node.state().reads()));
                calls.add(new ToolCall(
                        tool,
                        arguments,
                        SymbolicNode.symbol(tool + arguments),
                        at,
                        each,
                        Status.OK,
                        null,
                        null,
                        null,
                        null));
                at = at.plus(each);
            }
            return calls;
        }
    }

    private static Map<String, String> restrict(Map<String, String> state, Set<String> keys) {
        Map<String, String> restricted = new TreeMap<>(state);
        restricted.keySet().retainAll(keys);
        return restricted;
    }
}

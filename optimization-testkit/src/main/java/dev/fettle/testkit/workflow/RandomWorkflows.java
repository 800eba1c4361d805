package dev.fettle.testkit.workflow;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random well-formed workflows: chains, conditions, limited loops, dataflow blocks, duplicates, unused nodes, effects,
 * tools, several writers of a key. The same seed gives the same workflow.
 */
@Evolving
public final class RandomWorkflows {
    private static final List<String> TOOLS = List.of("find", "scan", "fetch", "send");

    private final SplittableRandom random;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<Node> leaves = new ArrayList<>();
    private int counter;

    private RandomWorkflows(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A workflow of some ten nodes. */
    public static Workflow generate(long seed) {
        return generate(seed, 5);
    }

    /**
     * @param segments parts in a row, each a node, a branch, a loop or a block
     */
    public static Workflow generate(long seed, int segments) {
        return new RandomWorkflows(seed).workflow(seed, segments);
    }

    /** An edge end that waits for the next node: from this node, on this label. */
    private record Loose(String from, @Nullable String label) {}

    private Workflow workflow(long seed, int segments) {
        Set<String> inputs = new LinkedHashSet<>(List.of("in0", "in1"));
        keys.addAll(inputs);
        List<Loose> loose = chain(List.of(), segments, 2);
        for (Loose end : loose) {
            if (random.nextBoolean()) {
                edges.add(new Edge(end.from(), Edge.END, end.label(), null));
            }
        }
        Set<String> outputs = new LinkedHashSet<>();
        List<String> written = new ArrayList<>(keys);
        written.removeAll(inputs);
        for (int i = 0; i < 2 && !written.isEmpty(); i++) {
            outputs.add(pick(written));
        }
        Workflow workflow =
                new Workflow("random-" + seed, nodes.get(0).id(), inputs, outputs, nodes, edges, toolSpecs(), false);
        return withLateReads(workflow);
    }

    private List<Loose> chain(List<Loose> before, int segments, int depth) {
        List<Loose> loose = before;
        for (int i = 0; i < segments; i++) {
            int kind = depth == 0 ? 0 : random.nextInt(10);
            loose = switch (kind) {
                case 7 -> branch(loose, depth - 1);
                case 8 -> loop(loose, depth - 1);
                case 9 -> block(loose);
                default -> join(loose, leaf());
            };
        }
        return loose;
    }

    private List<Loose> join(List<Loose> loose, Node node) {
        nodes.add(node);
        loose.forEach(end -> edges.add(new Edge(end.from(), node.id(), end.label(), null)));
        return List.of(new Loose(node.id(), null));
    }

    private List<Loose> branch(List<Loose> loose, int depth) {
        Node gate = condition();
        join(loose, gate);
        List<Loose> ends = new ArrayList<>();
        Set<String> before = new LinkedHashSet<>(keys);
        Set<String> after = new LinkedHashSet<>(keys);
        for (String label : List.of("false", "true")) {
            keys.clear();
            keys.addAll(before);
            ends.addAll(chain(List.of(new Loose(gate.id(), label)), random.nextInt(3), depth));
            after.addAll(keys);
        }
        keys.addAll(after);
        return ends;
    }

    private List<Loose> loop(List<Loose> loose, int depth) {
        Node first = leaf();
        List<Loose> body = chain(join(loose, first), random.nextInt(3), depth);
        Node gate = condition();
        join(body, gate);
        edges.add(new Edge(gate.id(), first.id(), "true", 1 + random.nextInt(3)));
        return List.of(new Loose(gate.id(), "false"));
    }

    private List<Loose> block(List<Loose> loose) {
        List<Node> members = new ArrayList<>();
        Set<String> written = new LinkedHashSet<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            Node member = leaf();
            if (member.state().writes().stream().noneMatch(written::contains)) {
                written.addAll(member.state().writes());
                members.add(member);
            }
        }
        return join(loose, WorkflowBuilder.block("block" + counter++, members, Map.of()));
    }

    private Node condition() {
        String id = "gate" + counter++;
        return Node.builder(id, new NodeBody.Condition(id, null))
                .state(StateAccess.of(List.of(pick(new ArrayList<>(keys))), List.of()))
                .effects(Effects.NONE)
                .build();
    }

    private Node leaf() {
        String id = "n" + counter++;
        List<String> writes = new ArrayList<>(List.of("k" + counter));
        if (random.nextInt(8) == 0) {
            writes.set(0, pick(new ArrayList<>(keys)));
        }
        Node.Builder builder;
        if (!leaves.isEmpty() && random.nextInt(6) == 0) {
            Node twin = leaves.get(random.nextInt(leaves.size()));
            boolean readable = keys.containsAll(twin.state().reads());
            Set<String> reads = readable ? twin.state().reads() : Set.of("in0");
            builder = twin.toBuilder().id(id).state(StateAccess.of(reads, writes));
        } else {
            Set<String> reads = new LinkedHashSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                reads.add(pick(new ArrayList<>(keys)));
            }
            builder = body(id).state(StateAccess.of(reads, writes)).effects(effects());
        }
        keys.addAll(writes);
        Node leaf = builder.build();
        leaves.add(leaf);
        return leaf;
    }

    private Node.Builder body(String id) {
        return switch (random.nextInt(6)) {
            case 0 ->
                Node.builder(id, new NodeBody.Agent("small", "Answer " + id)).tools(Map.of(pick(TOOLS), pick(TOOLS)));
            case 1 -> Node.builder(id, new NodeBody.Tool(pick(TOOLS), Map.of()));
            default -> Node.builder(id, new NodeBody.Function("run-" + id)).parameters(Map.of("limit", counter));
        };
    }

    private Effects effects() {
        return switch (random.nextInt(10)) {
            case 0 -> Effects.UNKNOWN;
            case 1 -> Effects.EXTERNAL;
            case 2 -> Effects.IDEMPOTENT;
            default -> Effects.NONE;
        };
    }

    private static List<ToolSpec> toolSpecs() {
        return TOOLS.stream()
                .map(name -> new ToolSpec(
                        name,
                        Set.of(name.equals("send") ? "mail" : "search"),
                        name,
                        name.equals("send") ? Effects.EXTERNAL : Effects.NONE,
                        Map.of("type", "object"),
                        name.equals("fetch") ? new BigDecimal("0.01") : null,
                        false))
                .toList();
    }

    /** Lets some nodes also read keys that only an earlier round of a loop has written. */
    private Workflow withLateReads(Workflow workflow) {
        Workflow current = workflow;
        for (Node leaf : leaves) {
            if (random.nextInt(6) == 0) {
                String key = pick(leaves.stream()
                        .flatMap(other -> other.state().writes().stream())
                        .toList());
                Set<String> reads = new LinkedHashSet<>(leaf.state().reads());
                reads.add(key);
                Workflow changed = current.mapNode(leaf.id(), node -> node.toBuilder()
                        .state(StateAccess.of(reads, node.state().writes()))
                        .build());
                current = WorkflowCheck.problems(changed).isEmpty() ? changed : current;
            }
        }
        return current;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

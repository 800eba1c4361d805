package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.StateAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code StateGraph} does not say of its nodes: which keys of the state they read and write, and what they do
 * outside. A node that is not declared counts as one that may read, write and do anything, so that nothing is changed about
 * it. Immutable.
 */
public final class Declarations {
    /** Nothing is declared. */
    public static final Declarations NONE = new Declarations(Map.of(), null);

    private final Map<String, Declared> nodes;
    private final @Nullable List<String> outputs;

    record Declared(StateAccess access, Effects effects) {}

    private Declarations(Map<String, Declared> nodes, @Nullable List<String> outputs) {
        this.nodes = nodes;
        this.outputs = outputs;
    }

    /** Also declares which keys are the result of the graph; without this all that are written are. */
    public Declarations outputs(List<String> keys) {
        return new Declarations(nodes, List.copyOf(keys));
    }

    @Nullable
    List<String> outputs() {
        return outputs;
    }

    /**
     * Also declares a node.
     *
     * @param node the id in the graph; for the conditional edges of a node its id and {@code #next}
     */
    public Declarations node(String node, List<String> reads, List<String> writes, Effects effects) {
        Map<String, Declared> more = new LinkedHashMap<>(nodes);
        more.put(node, new Declared(StateAccess.of(reads, writes), effects));
        return new Declarations(more, outputs);
    }

    /** Also declares what the conditional edges of a node look at; they have no effects. */
    public Declarations edges(String node, List<String> reads) {
        return node(node + ImportedGraph.CONDITION, reads, List.of(), Effects.NONE);
    }

    Declared of(String node) {
        return nodes.getOrDefault(node, new Declared(StateAccess.UNKNOWN, Effects.UNKNOWN));
    }

    Set<String> names() {
        return nodes.keySet();
    }
}

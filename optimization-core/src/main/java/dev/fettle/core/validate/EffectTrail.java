package dev.fettle.core.validate;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run did to the world, or would have done where a recording answered.
 *
 * @param acts external and unknown effects in order of their end
 * @param writes idempotent effects in the order of their start: doing one twice in a row is doing it once
 */
public record EffectTrail(List<Act> acts, List<Write> writes) {
    static final EffectTrail NONE = new EffectTrail(List.of(), List.of());

    public EffectTrail {
        acts = List.copyOf(acts);
        writes = List.copyOf(writes);
    }

    /**
     * One idempotent effect.
     *
     * @param channel what may touch the same thing outside: calls of tools for one purpose, and all nodes that have such effects
     *     themselves
     * @param what is done, with what
     */
    public record Write(String node, String channel, String what) {}

    /**
     * One external effect.
     *
     * @param tool null where the node itself has the effect
     * @param inputHash of what the node read, or of the arguments
     */
    public record Act(String node, @Nullable String tool, String inputHash) {
        /** Acts of one channel are seen in their order by whoever receives them: a tool's calls, whichever node makes them. */
        String channel() {
            return tool == null ? "node '" + node + "'" : "tool '" + tool + "'";
        }

        String describe() {
            return tool == null ? "node '" + node + "'" : "tool '" + tool + "' by node '" + node + "'";
        }
    }

    /** Whether the other did all of this, too. */
    boolean isPartOf(EffectTrail other) {
        List<Act> more = new ArrayList<>(other.acts);
        return acts.stream().allMatch(more::remove)
                && other.writes.stream()
                        .map(Write::what)
                        .toList()
                        .containsAll(writes.stream().map(Write::what).toList());
    }

    /** What a run of a version did. */
    static EffectTrail of(ExecutionResult result, Workflow version) {
        List<Act> acts = new ArrayList<>();
        for (RecordedEffect effect : result.effects()) {
            acts.add(new Act(effect.node(), effect.tool(), effect.inputHash()));
        }
        List<Write> writes = new ArrayList<>();
        Map<String, Node> nodes = version.nodesById();
        for (NodeOccurrence occurrence : result.trace().occurrences()) {
            Node node = nodes.get(occurrence.node());
            if (node == null) {
                continue;
            }
            boolean ended = occurrence.status() == Status.OK;
            if (ended && node.members().isEmpty() && node.effects() == Effects.IDEMPOTENT) {
                writes.add(new Write(
                        node.id(),
                        "nodes with idempotent effects",
                        "what '" + Purpose.of(version, node) + "' does with "
                                + new TreeMap<>(occurrence.readHashes()).values()));
            }
            // What a node has called stays done where the node fails after it.
            occurrence.toolCalls().forEach(call -> addIdempotent(node.id(), call, version, writes));
        }
        return new EffectTrail(acts, writes);
    }

    private static void addIdempotent(String node, ToolCall call, Workflow version, List<Write> writes) {
        ToolSpec tool = version.tool(call.tool()).orElse(null);
        if (tool != null && tool.effects() == Effects.IDEMPOTENT && !Boolean.TRUE.equals(call.cached())) {
            String purpose = Purpose.of(tool);
            writes.add(new Write(
                    node,
                    "tool '" + purpose + "'",
                    "the call of '" + purpose + "' with arguments " + call.argumentHash()));
        }
    }
}

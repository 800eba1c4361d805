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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one run did to the world, or would have done where a recording answered.
 *
 * @param acts external and unknown effects in order of their end
 * @param writes idempotent effects: doing one twice is doing it once, so they are a set
 */
public record EffectTrail(List<Act> acts, SortedSet<String> writes) {
    static final EffectTrail NONE = new EffectTrail(List.of(), Collections.emptySortedSet());

    public EffectTrail {
        acts = List.copyOf(acts);
        writes = Collections.unmodifiableSortedSet(new TreeSet<>(writes));
    }

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

    /** What a run of a version did. */
    static EffectTrail of(ExecutionResult result, Workflow version) {
        List<Act> acts = new ArrayList<>();
        for (RecordedEffect effect : result.effects()) {
            acts.add(new Act(effect.node(), effect.tool(), effect.inputHash()));
        }
        SortedSet<String> writes = new TreeSet<>();
        Map<String, Node> nodes = version.nodesById();
        for (NodeOccurrence occurrence : result.trace().occurrences()) {
            Node node = nodes.get(occurrence.node());
            if (node == null || occurrence.status() != Status.OK) {
                continue;
            }
            if (node.members().isEmpty() && node.effects() == Effects.IDEMPOTENT) {
                writes.add("what '" + EffectUnit.work(version, node) + "' does with "
                        + new TreeMap<>(occurrence.readHashes()).values());
            }
            occurrence.toolCalls().forEach(call -> addIdempotent(call, version, writes));
        }
        return new EffectTrail(acts, writes);
    }

    private static void addIdempotent(ToolCall call, Workflow version, SortedSet<String> writes) {
        ToolSpec tool = version.tool(call.tool()).orElse(null);
        if (tool != null && tool.effects() == Effects.IDEMPOTENT && !Boolean.TRUE.equals(call.cached())) {
            writes.add("the call of '" + EffectUnit.purpose(tool) + "' with arguments " + call.argumentHash());
        }
    }
}

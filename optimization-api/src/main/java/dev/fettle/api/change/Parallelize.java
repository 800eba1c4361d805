package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a chain of nodes into a dataflow block, in which each starts as soon as what it reads is there.
 *
 * <pre>
 *                                                ┌─▶ b ─┐
 *   a ──▶ b ──▶ c ──▶ d ──▶ e    becomes    a ──▶├─▶ c ─┼──▶ e     where d reads what c writes
 *                                                └─▶ c ──▶ d
 * </pre>
 *
 * Refused where the nodes are not a chain, a node's state keys are not known, a node has effects that must keep their
 * order, or two nodes write one key.
 *
 * @param id of the new node
 * @param nodes in the order in which they run
 */
@Stable
public record Parallelize(String id, List<String> nodes, ErrorStrategy onError) implements WorkflowChange {
    public Parallelize {
        nodes = List.copyOf(nodes);
    }

    @Override
    public ChangeResult apply(Workflow workflow) {
        if (nodes.size() < 2) {
            return ChangeResult.refused("a parallel node needs at least 2 members; got " + nodes);
        }
        if (workflow.node(id).isPresent()) {
            return ChangeResult.refused("there is a node (" + id + ") already");
        }
        Set<String> wanted = new HashSet<>(nodes);
        Map<String, Node> byId = new HashMap<>();
        for (Node node : workflow.nodes()) {
            if (wanted.contains(node.id())) {
                byId.put(node.id(), node);
            }
        }
        List<String> present = nodes.stream().filter(byId::containsKey).toList();
        if (present.size() < 2) {
            return ChangeResult.refused("of the nodes " + nodes + " fewer than 2 are top-level nodes");
        }
        String gap = Rewrites.notAChain(workflow, present);
        if (gap != null) {
            return ChangeResult.refused(gap);
        }
        List<Node> members = new ArrayList<>();
        for (String node : present) {
            Node member = Objects.requireNonNull(byId.get(node));
            String obstacle = obstacle(workflow, member);
            if (obstacle != null) {
                return ChangeResult.refused(obstacle);
            }
            members.add(member);
        }
        return WorkflowCheck.isValidId(id)
                ? Rewrites.checkedAround(workflow, Rewrites.replaceChain(workflow, present, block(members)), id)
                : ChangeResult.refused("the id (" + id + ") of the new node is not usable");
    }

    private static @Nullable String obstacle(Workflow workflow, Node member) {
        if (member.kind() == NodeKind.CONDITION
                || member.kind() == NodeKind.HUMAN
                || member.kind() == NodeKind.PARALLEL) {
            return "(" + member.id() + ") is a " + member.kind().word() + ", which cannot be a member";
        }
        if (!member.state().known()) {
            return "what (" + member.id() + ") reads and writes is not known";
        }
        Effects effects = workflow.effectsOf(member);
        if (effects.mustKeep()) {
            return "(" + member.id() + ") has effects (" + effects + ") whose order must be kept";
        }
        return null;
    }

    private Node block(List<Node> members) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        Effects effects = Effects.NONE;
        for (Node member : members) {
            reads.addAll(member.state().reads());
            writes.addAll(member.state().writes());
            effects = effects.and(member.effects());
        }
        return Node.builder(id, new NodeBody.Parallel(members, onError, Map.of()))
                .state(StateAccess.of(reads, writes))
                .effects(effects)
                .build();
    }

    @Override
    public String describe() {
        return "run " + String.join(", ", nodes) + " as a dataflow block '" + id + "'";
    }
}

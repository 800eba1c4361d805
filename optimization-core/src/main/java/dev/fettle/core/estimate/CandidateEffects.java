package dev.fettle.core.estimate;

import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the base workflow and a candidate, as far as it matters to a replay. It is found by comparing the
 * two, so that any change counts, whoever wrote it.
 */
final class CandidateEffects {
    private final Map<String, NodeEffect> effects;
    private final Map<String, Membership> recordedBlocks;
    private final Map<String, Membership> blocks;
    private final List<Belief> added;
    private final List<Belief> beliefs;

    /**
     * A node's place in a block.
     *
     * @param block id of the parallel node
     * @param needs members that must have ended before this one starts
     */
    record Membership(String block, Set<String> needs) {}

    private CandidateEffects(
            Map<String, NodeEffect> effects,
            Map<String, Membership> recordedBlocks,
            Map<String, Membership> blocks,
            List<Belief> added,
            List<Belief> beliefs) {
        this.effects = effects;
        this.recordedBlocks = recordedBlocks;
        this.blocks = blocks;
        this.added = added;
        this.beliefs = beliefs;
    }

    /** All that must be believed to replay the candidate: what is stated, and what the tables and the sample add. */
    static List<Belief> beliefs(Workflow base, Workflow candidate, List<Belief> stated, Beliefs source) {
        List<Belief> all = new ArrayList<>();
        Map<String, Node> before = base.nodesById();
        for (Node node : candidate.allNodes()) {
            List<Belief> own = stated.stream()
                    .filter(belief -> belief.node().equals(node.id()))
                    .toList();
            all.addAll(own);
            Node recorded = before.get(node.id());
            if (recorded != null && !recorded.equals(node)) {
                all.addAll(source.derive(recorded, node, own));
            } else if (recorded == null && node.members().isEmpty() && own.isEmpty()) {
                all.add(unknown(node));
            }
        }
        return all;
    }

    private static Belief unknown(Node node) {
        return new Belief(
                node.id(),
                Belief.Subject.OCCURRENCE,
                null,
                Amount.absolute(0),
                Amount.absolute(0),
                Amount.UNCHANGED,
                Source.ASSUMED,
                "nothing recorded tells what the new node '" + node.id() + "' takes; taken to take nothing");
    }

    static CandidateEffects of(Workflow base, Workflow candidate, List<Belief> beliefs) {
        Map<String, Node> before = base.nodesById();
        Map<String, Node> after = candidate.nodesById();
        Map<String, NodeEffect> effects = new LinkedHashMap<>();
        for (Node node : before.values()) {
            Node now = after.get(node.id());
            List<Belief> own = beliefs.stream()
                    .filter(belief -> belief.node().equals(node.id()))
                    .toList();
            if (now != null) {
                if (!own.isEmpty() || !now.equals(node)) {
                    effects.put(node.id(), changed(node, now, own));
                }
            } else if (node.members().stream().noneMatch(member -> after.containsKey(member.id()))) {
                effects.put(node.id(), NodeEffect.GONE);
            }
        }
        List<Belief> added = beliefs.stream()
                .filter(belief -> !before.containsKey(belief.node()))
                .toList();
        return new CandidateEffects(effects, memberships(base), memberships(candidate), added, beliefs);
    }

    private static NodeEffect changed(Node before, Node after, List<Belief> beliefs) {
        boolean sameModel = after.model() == null || after.model().equals(before.model());
        return new NodeEffect(false, beliefs, sameModel ? null : after.model(), before.policies(), after.policies());
    }

    private static Map<String, Membership> memberships(Workflow workflow) {
        Map<String, Membership> memberships = new LinkedHashMap<>();
        for (Node block : workflow.allNodes()) {
            Map<String, Set<String>> writers = new HashMap<>();
            Set<String> earlier = new LinkedHashSet<>();
            Set<String> unknown = new LinkedHashSet<>();
            for (Node member : block.members()) {
                Set<String> needs = new LinkedHashSet<>(member.state().known() ? unknown : earlier);
                for (String key : member.state().reads()) {
                    needs.addAll(writers.getOrDefault(key, Set.of()));
                }
                memberships.put(member.id(), new Membership(block.id(), needs));
                for (String key : member.state().writes()) {
                    writers.computeIfAbsent(key, absent -> new LinkedHashSet<>())
                            .add(member.id());
                }
                earlier.add(member.id());
                if (!member.state().known()) {
                    unknown.add(member.id());
                }
            }
        }
        return memberships;
    }

    NodeEffect of(String node) {
        return effects.getOrDefault(node, NodeEffect.NONE);
    }

    /** The block of the candidate in which the node is; null where it is in none. */
    @Nullable
    Membership block(String node) {
        return blocks.get(node);
    }

    /** The block of the base workflow in which the node was recorded; null where it was in none. */
    @Nullable
    Membership recordedBlock(String node) {
        return recordedBlocks.get(node);
    }

    /** About nodes that the base workflow does not have. */
    List<Belief> added() {
        return added;
    }

    List<Belief> beliefs() {
        return beliefs;
    }
}

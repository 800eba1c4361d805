package dev.fettle.core.estimate;

import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the base workflow and a candidate, as far as it matters to a replay. It is found by comparing the
 * two, so that any change counts, whoever wrote it.
 */
final class CandidateEffects {
    private final Map<String, NodeEffect> effects;
    private final RecordedWorkflow base;
    private final Workflow candidate;
    private final boolean cached;
    private final boolean cuts;
    private @Nullable Boolean reordered;

    /** Computed when asked for: most replays of single steps do not. */
    private @Nullable Map<String, Membership> blocks;

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
            RecordedWorkflow base,
            Workflow candidate,
            Map<String, NodeEffect> effects,
            List<Belief> added,
            List<Belief> beliefs) {
        this.base = base;
        this.candidate = candidate;
        this.effects = effects;
        this.cached = effects.values().stream().anyMatch(effect -> effect.newCache() != null);
        this.cuts = effects.values().stream()
                .anyMatch(effect ->
                        effect.stricterTimeout() != null || !effect.limits().equals(AgentLimits.NONE));
        this.added = added;
        this.beliefs = beliefs;
    }

    /** All that must be believed to replay the candidate: what is stated, and what the tables and the sample add. */
    static List<Belief> beliefs(RecordedWorkflow base, Workflow candidate, List<Belief> stated, Beliefs source) {
        List<Belief> all = new ArrayList<>();
        Map<String, List<Belief>> byNode = byNode(stated);
        for (Node node : candidate.allNodes()) {
            List<Belief> own = byNode.getOrDefault(node.id(), List.of());
            all.addAll(own);
            Node recorded = base.nodes().get(node.id());
            if (recorded != null && !Objects.equals(recorded, node)) {
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

    private static Map<String, List<Belief>> byNode(List<Belief> beliefs) {
        Map<String, List<Belief>> byNode = new HashMap<>();
        for (Belief belief : beliefs) {
            byNode.computeIfAbsent(belief.node(), node -> new ArrayList<>()).add(belief);
        }
        return byNode;
    }

    static CandidateEffects of(RecordedWorkflow base, Workflow candidate, List<Belief> beliefs) {
        Map<String, Node> after = candidate.nodesById();
        Map<String, List<Belief>> byNode = byNode(beliefs);
        Map<String, NodeEffect> effects = new LinkedHashMap<>();
        for (Node node : base.nodes().values()) {
            Node now = after.get(node.id());
            List<Belief> own = byNode.getOrDefault(node.id(), List.of());
            if (now != null) {
                if (!own.isEmpty() || !Objects.equals(now, node)) {
                    effects.put(node.id(), changed(node, now, own));
                }
            } else if (node.members().stream().noneMatch(member -> after.containsKey(member.id()))) {
                effects.put(node.id(), NodeEffect.GONE);
            }
        }
        List<Belief> added = beliefs.stream()
                .filter(belief -> !base.nodes().containsKey(belief.node()))
                .toList();
        return new CandidateEffects(base, candidate, effects, added, beliefs);
    }

    /**
     * These effects and those of options that each change other nodes.
     *
     * @param others of suggestions that leave the order of the nodes as it is
     */
    CandidateEffects with(List<CandidateEffects> others) {
        Map<String, NodeEffect> all = new LinkedHashMap<>(effects);
        List<Belief> believed = new ArrayList<>(beliefs);
        for (CandidateEffects other : others) {
            other.effects.forEach((node, effect) -> all.merge(node, effect, (mine, its) -> mine.gone() ? mine : its));
            believed.addAll(other.beliefs);
        }
        return new CandidateEffects(base, candidate, all, added, believed);
    }

    /**
     * The same candidate, with what is believed about one node replaced.
     *
     * @param all beliefs about all nodes
     */
    CandidateEffects believing(List<Belief> all, String node) {
        Map<String, NodeEffect> replaced = new LinkedHashMap<>(effects);
        List<Belief> own =
                all.stream().filter(belief -> belief.node().equals(node)).toList();
        replaced.computeIfPresent(
                node,
                (same, effect) -> new NodeEffect(
                        effect.gone(),
                        own,
                        effect.model(),
                        effect.before(),
                        effect.after(),
                        effect.limits(),
                        effect.team()));
        List<Belief> replacedAdded =
                added.stream().noneMatch(belief -> belief.node().equals(node))
                        ? added
                        : all.stream()
                                .filter(belief -> !base.nodes().containsKey(belief.node()))
                                .toList();
        CandidateEffects changed = new CandidateEffects(base, candidate, replaced, replacedAdded, all);
        changed.reordered = reordered;
        return changed;
    }

    /** Nodes on which the effects are not the same. */
    Set<String> differing(CandidateEffects other) {
        Set<String> differing = new HashSet<>();
        effects.forEach((node, effect) -> {
            if (!effect.equals(other.of(node))) {
                differing.add(node);
            }
        });
        other.effects.forEach((node, effect) -> {
            if (!effect.equals(of(node))) {
                differing.add(node);
            }
        });
        return differing;
    }

    private static NodeEffect changed(Node before, Node after, List<Belief> beliefs) {
        boolean sameModel = after.model() == null || after.model().equals(before.model());
        return new NodeEffect(
                false,
                beliefs,
                sameModel ? null : after.model(),
                before.policies(),
                after.policies(),
                AgentLimits.of(before, after),
                TeamEffect.of(before, after));
    }

    static Map<String, Membership> memberships(Workflow workflow) {
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

    /** Whether some node has a cache that the record did not have. */
    boolean cached() {
        return cached;
    }

    /** Whether some node has a timeout or a limit that the record did not have. */
    boolean hasCuts() {
        return cuts;
    }

    /** Whether the nodes run in the same order in both candidates, as far as that is told at a glance. */
    boolean sameOrder(CandidateEffects other) {
        return sameCandidate(other) || (!reordered() && !other.reordered());
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean sameCandidate(CandidateEffects other) {
        return candidate == other.candidate;
    }

    private boolean reordered() {
        Boolean known = reordered;
        if (known == null) {
            known = !Shape.of(candidate).equals(base.shape());
            reordered = known;
        }
        return known;
    }

    /** The block of the candidate in which the node is; null where it is in none. */
    @Nullable
    Membership block(String node) {
        Map<String, Membership> known = blocks;
        if (known == null) {
            known = memberships(candidate);
            blocks = known;
        }
        return known.get(node);
    }

    /** The block of the base workflow in which the node was recorded; null where it was in none. */
    @Nullable
    Membership recordedBlock(String node) {
        return base.blocks().get(node);
    }

    /** About nodes that the base workflow does not have. */
    List<Belief> added() {
        return added;
    }

    List<Belief> beliefs() {
        return beliefs;
    }
}

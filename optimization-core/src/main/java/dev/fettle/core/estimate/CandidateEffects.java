package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the base workflow and a candidate, as far as it matters to a replay. It is found by comparing the
 * two, so that any change counts, whoever wrote it.
 */
final class CandidateEffects {
    private final RecordedWorkflow base;
    private final Workflow candidate;

    /** By position of the node in the base workflow. */
    private final NodeEffect[] effects;

    private final boolean[] unchanged;
    private final List<Belief> added;
    private final List<Belief> beliefs;
    private final boolean cached;
    private final boolean cuts;
    private final boolean teams;
    private final boolean speculates;
    private @Nullable Boolean reordered;

    /** Computed when asked for: most replays of single steps do not. */
    private @Nullable Map<String, Membership> blocks;

    private CandidateEffects(
            RecordedWorkflow base, Workflow candidate, NodeEffect[] effects, List<Belief> added, List<Belief> beliefs) {
        this.base = base;
        this.candidate = candidate;
        this.effects = effects;
        this.unchanged = new boolean[effects.length];
        for (int i = 0; i < effects.length; i++) {
            unchanged[i] = effects[i].unchanged();
        }
        this.added = added;
        this.beliefs = beliefs;
        this.cached = any(effect -> effect.newCache() != null);
        this.cuts = any(
                effect -> effect.stricterTimeout() != null || !effect.limits().none());
        this.teams = any(effect -> effect.team() != null);
        this.speculates = any(effect -> effect.newSpeculation() != null);
    }

    private boolean any(Predicate<NodeEffect> what) {
        for (NodeEffect effect : effects) {
            if (what.test(effect)) {
                return true;
            }
        }
        return false;
    }

    static CandidateEffects of(RecordedWorkflow base, Workflow candidate, List<Belief> beliefs) {
        Map<String, Node> after = candidate.nodesById();
        Map<String, List<Belief>> byNode = Beliefs.byNode(beliefs);
        NodeEffect[] effects = base.unchanged();
        base.nodes().forEach((id, node) -> {
            Node now = after.get(id);
            List<Belief> own = byNode.getOrDefault(id, List.of());
            if (now != null) {
                if (!own.isEmpty() || !Objects.equals(now, node)) {
                    effects[base.position(id)] = changed(node, now, own);
                }
            } else if (node.members().stream().noneMatch(member -> after.containsKey(member.id()))) {
                effects[base.position(id)] = NodeEffect.GONE;
            }
        });
        return new CandidateEffects(base, candidate, effects, added(base, beliefs), beliefs);
    }

    private static List<Belief> added(RecordedWorkflow base, List<Belief> beliefs) {
        return beliefs.stream()
                .filter(belief -> base.position(belief.node()) < 0)
                .toList();
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

    /**
     * These effects and those of options that each change other nodes.
     *
     * @param others of suggestions that leave the order of the nodes as it is
     */
    CandidateEffects with(List<CandidateEffects> others) {
        NodeEffect[] all = effects.clone();
        List<Belief> believed = new ArrayList<>(beliefs);
        for (CandidateEffects other : others) {
            for (int i = 0; i < all.length; i++) {
                boolean says = !other.effects[i].equals(NodeEffect.NONE);
                all[i] = says && !all[i].gone() ? other.effects[i] : all[i];
            }
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
        NodeEffect[] replaced = effects.clone();
        int position = base.position(node);
        if (position >= 0 && !replaced[position].equals(NodeEffect.NONE)) {
            replaced[position] = replaced[position].believing(
                    all.stream().filter(belief -> belief.node().equals(node)).toList());
        }
        CandidateEffects changed =
                new CandidateEffects(base, candidate, replaced, position < 0 ? added(base, all) : added, all);
        changed.reordered = reordered;
        changed.blocks = blocks;
        return changed;
    }

    NodeEffect of(Step step) {
        return step.position < 0 ? NodeEffect.NONE : effects[step.position];
    }

    /** Whether nothing changes a step. */
    boolean unchanged(Step step) {
        return step.position < 0 || unchanged[step.position];
    }

    /** By position in the base workflow: whether the effects on the node are not the same. */
    boolean[] differing(CandidateEffects other) {
        boolean[] differing = new boolean[effects.length];
        for (int i = 0; i < differing.length; i++) {
            differing[i] = !effects[i].equals(other.effects[i]);
        }
        return differing;
    }

    /** Whether the same calls reach the same caches in both candidates. */
    boolean sameCaches(CandidateEffects other) {
        if (!cached && !other.cached) {
            return true;
        }
        for (int i = 0; i < effects.length; i++) {
            if (effects[i].gone() != other.effects[i].gone()
                    || !Objects.equals(effects[i].newCache(), other.effects[i].newCache())) {
                return false;
            }
        }
        return true;
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
            known = !base.shape().isOf(candidate);
            reordered = known;
        }
        return known;
    }

    /** Whether some node has a cache that the record did not have. */
    boolean cached() {
        return cached;
    }

    /** Whether some node has a timeout or a limit that the record did not have. */
    boolean hasCuts() {
        return cuts;
    }

    /** Whether some team changes. */
    boolean hasTeams() {
        return teams;
    }

    /** Whether some node starts others early that did not in the record. */
    boolean speculates() {
        return speculates;
    }

    /** The block of the candidate in which the node is; null where it is in none. */
    @Nullable
    Membership block(String node) {
        Map<String, Membership> known = blocks;
        if (known == null) {
            known = Membership.of(candidate);
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

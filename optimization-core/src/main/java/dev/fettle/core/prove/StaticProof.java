package dev.fettle.core.prove;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a candidate computes the outputs of the original and has its effects in their order, in every run in which no
 * node fails: by symbolic execution (J. C. King, "Symbolic Execution and Program Testing", CACM 19(7), 1976) of both on
 * every way that conditions can choose, bounded by the limits of loops. Each node is an unknown function of what it reads,
 * so the proof rests on what is declared: the state keys, and that a node without effects computes the same on the same.
 *
 * @param exact whether it was proved
 * @param text what was proved and what that rests on, or why nothing was; one sentence
 */
public record StaticProof(boolean exact, String text) {
    private static final int MOST_WAYS = 200;
    private static final int MOST_STEPS = 500;
    private static final String OTHER = "\u0000other";

    /** Tries to prove it where nothing is known to vary. */
    public static StaticProof of(Workflow original, Workflow candidate) {
        return of(original, candidate, Set.of());
    }

    /**
     * Tries to prove it.
     *
     * @param varying ids of nodes that were seen to give different results for the same
     */
    public static StaticProof of(Workflow original, Workflow candidate, Set<String> varying) {
        try {
            if (original.discovered() || candidate.discovered()) {
                throw new Unprovable("a workflow discovered from traces does not say all that it does");
            }
            if (!original.inputs().equals(candidate.inputs())
                    || !original.outputs().equals(candidate.outputs())) {
                throw new Unprovable("inputs or outputs differ");
            }
            for (Node node : candidate.allNodes()) {
                Node before = original.node(node.id()).orElse(null);
                if (isHurried(before, node)) {
                    throw new Unprovable("'" + node.id() + "' has less time than before, and could fail for that");
                }
                if (before != null && attempts(node) < attempts(before)) {
                    throw new Unprovable(
                            "'" + node.id() + "' is tried less often than before, and could fail for that");
                }
            }
            int ways = new Search(original, candidate, varying).explore();
            return new StaticProof(
                    true,
                    "exact: both versions compute the same outputs and have the same effects on "
                            + (ways == 1 ? "the only way" : "all " + ways + " ways") + " through them; "
                            + changed(original, candidate)
                            + " (proved from the declared reads, writes and effects, for runs in which no node fails)");
        } catch (Unprovable e) {
            return new StaticProof(false, "not proved without a run: " + e.getMessage());
        }
    }

    private static int attempts(Node node) {
        Policies.Retry retry = node.policies().retry();
        return retry == null ? 1 : retry.maxAttempts();
    }

    private static boolean isHurried(@Nullable Node before, Node after) {
        Duration timeout = after.policies().timeout();
        Duration old = before == null ? null : before.policies().timeout();
        return timeout != null && (old == null || timeout.compareTo(old) < 0);
    }

    private static String changed(Workflow original, Workflow candidate) {
        Set<String> gone = leaves(original);
        gone.removeAll(leaves(candidate));
        if (original.equals(candidate)) {
            return "nothing was changed";
        }
        return gone.isEmpty()
                ? "no output and no effect depends on what was changed"
                : "what " + gone.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "))
                        + " gave is read by nobody or given by another node";
    }

    private static Set<String> leaves(Workflow workflow) {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .map(Node::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All ways through both versions. */
    private static final class Search {
        private final Workflow original;
        private final Workflow candidate;
        private final Set<String> varying;
        private final Terms terms = new Terms();
        private final Map<ResolvedWork, Set<String>> labels = new HashMap<>();

        Search(Workflow original, Workflow candidate, Set<String> varying) {
            this.original = original;
            this.candidate = candidate;
            this.varying = varying;
            collectLabels(original);
            collectLabels(candidate);
        }

        /**
         * What conditions that decide alike may choose: the labels for which any of them has an edge, and one for which none has.
         * One answer to one question goes to all of them.
         */
        private void collectLabels(Workflow version) {
            for (Node node : version.allNodes()) {
                if (node.kind() == NodeKind.CONDITION) {
                    Set<String> known = labels.computeIfAbsent(
                            ResolvedWork.of(version, node), work -> new TreeSet<>(Collections.singleton(OTHER)));
                    version.outgoing(node.id()).stream()
                            .map(Edge::when)
                            .filter(Objects::nonNull)
                            .forEach(known::add);
                }
            }
        }

        /** How many ways there are, on all of which both come to the same. */
        int explore() {
            List<Decisions> open = new ArrayList<>(List.of(new Decisions()));
            int tried = 0;
            int ways = 0;
            while (!open.isEmpty()) {
                if (++tried > MOST_WAYS) {
                    throw new Unprovable("there are more than " + MOST_WAYS + " ways through it");
                }
                Decisions decisions = open.remove(open.size() - 1);
                try {
                    Way before = new SymbolicRun(original, terms, decisions, varying).run(MOST_STEPS);
                    if (!before.failed()) {
                        compare(before, new SymbolicRun(candidate, terms, decisions, varying).run(MOST_STEPS));
                        ways++;
                    }
                } catch (Decisions.Undecided undecided) {
                    for (String label : labels.getOrDefault(undecided.condition(), Set.of(OTHER))) {
                        open.add(decisions.with(undecided.question(), label));
                    }
                }
            }
            if (ways == 0) {
                throw new Unprovable("there is no way through it without a failure");
            }
            return ways;
        }

        private static void compare(Way before, Way after) {
            if (after.failed()) {
                throw new Unprovable("the candidate may fail where the original does not");
            }
            if (!before.effects().equals(after.effects())) {
                throw new Unprovable("effects could differ, or what a node with effects sees");
            }
            for (String key : before.outputs().keySet()) {
                if (!before.outputs().get(key).equals(after.outputs().get(key))) {
                    throw new Unprovable("the output '" + key + "' could differ");
                }
            }
            if (!before.outputs().keySet().equals(after.outputs().keySet())) {
                throw new Unprovable("the candidate could give other outputs");
            }
        }
    }
}

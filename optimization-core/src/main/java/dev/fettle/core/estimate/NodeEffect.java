package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate does to the occurrences of one node.
 *
 * @param gone whether they do not run any more
 * @param beliefs about this node
 * @param limits that are stricter than the recorded ones
 * @param model that answers instead of the recorded one; null where it stays
 * @param team how a team changes; null where it does not, or the node is none
 */
record NodeEffect(
        boolean gone,
        List<Belief> beliefs,
        @Nullable String model,
        Policies before,
        Policies after,
        AgentLimits limits,
        @Nullable TeamEffect team) {
    static final NodeEffect NONE =
            new NodeEffect(false, List.of(), null, Policies.NONE, Policies.NONE, AgentLimits.NONE, null);
    static final NodeEffect GONE =
            new NodeEffect(true, List.of(), null, Policies.NONE, Policies.NONE, AgentLimits.NONE, null);

    NodeEffect {
        beliefs = List.copyOf(beliefs);
    }

    boolean unchanged() {
        return !gone && beliefs.isEmpty() && model == null && team == null && before.equals(after) && limits.none();
    }

    /** The same with other beliefs. */
    NodeEffect believing(List<Belief> others) {
        return new NodeEffect(gone, others, model, before, after, limits, team);
    }

    /** What is believed of the model that answers instead, the first of it; null where nothing is. */
    @Nullable
    Belief ofModel() {
        for (int i = 0; i < beliefs.size(); i++) {
            if (beliefs.get(i).subject() == Belief.Subject.MODEL) {
                return beliefs.get(i);
            }
        }
        return null;
    }

    /** A timeout that the record was not under; null where there is none. */
    @Nullable
    Duration stricterTimeout() {
        Duration timeout = after.timeout();
        boolean stricter = timeout != null && (before.timeout() == null || timeout.compareTo(before.timeout()) < 0);
        return stricter ? timeout : null;
    }

    /** Attempts beyond those that the record had. */
    int extraAttempts() {
        return Math.max(0, attempts(after) - attempts(before));
    }

    int recordedAttempts() {
        return attempts(before);
    }

    private static int attempts(Policies policies) {
        return policies.retry() == null ? 1 : policies.retry().maxAttempts();
    }

    /** A cache that the record did not have; null where there is none. */
    Policies.@Nullable Cache newCache() {
        return Objects.equals(before.cache(), after.cache()) ? null : after.cache();
    }

    /** A cache that the record had and the candidate does not; null where there is none. */
    Policies.@Nullable Cache droppedCache() {
        return after.cache() == null ? before.cache() : null;
    }

    /** An early start of other nodes that the record did not have; null where there is none. */
    Policies.@Nullable Speculation newSpeculation() {
        return Objects.equals(before.speculation(), after.speculation()) ? null : after.speculation();
    }

    /** Batches that the record did not have; null where there are none. */
    Policies.@Nullable Batch newBatch() {
        return Objects.equals(before.batch(), after.batch()) ? null : after.batch();
    }
}

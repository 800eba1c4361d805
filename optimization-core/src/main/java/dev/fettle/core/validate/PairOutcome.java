package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.Judgement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two runs on one input.
 *
 * @param input index of the input
 * @param recordedRun id of the recorded run on this input that answered outside calls; null where there is none
 * @param second the candidate, or the original once more in a noise pair
 * @param judgement of the outputs; null where a run failed and there is nothing to compare
 * @param effects how the effects differ; the same where a run failed, since a failed run stops where it stops
 */
public record PairOutcome(
        int input,
        @Nullable String recordedRun,
        RunMeasure first,
        RunMeasure second,
        @Nullable Judgement judgement,
        EffectDifference effects) {
    /**
     * What the runs were asked: the same input, and the same answers from outside.
     *
     * @param recordedRun null where none is of this input
     */
    record Question(int input, @Nullable String recordedRun) {}

    Question question() {
        return new Question(input, recordedRun);
    }

    /** Whether the second run did something else than the first, or failed where the first did not. */
    boolean differs() {
        return judgement == null
                ? first.succeeded() && !second.succeeded()
                : judgement.outcome() == Judgement.Outcome.DIFFERENT || effects.kind() != EffectDifference.Kind.SAME;
    }

    /** Whether the first run failed before it came to an effect that the second had. */
    boolean oversteps() {
        ExecutionTrace trace = first.trace();
        if (first.succeeded() || trace == null) {
            return false;
        }
        Map<Object, Integer> missing = new HashMap<>();
        second.effects().acts().forEach(act -> missing.merge(same(act), 1, Integer::sum));
        first.effects().acts().forEach(act -> missing.merge(same(act), -1, Integer::sum));
        return second.effects().acts().stream()
                .anyMatch(act -> missing.getOrDefault(same(act), 0) > 0
                        && begun(trace, act.node()) < begun(second.trace(), act.node()));
    }

    /** Whoever receives it does not see which node a call of a tool came from. */
    private static Object same(EffectTrail.Act act) {
        return List.of(act.channel(), act.inputHash());
    }

    private static long begun(@Nullable ExecutionTrace trace, String node) {
        return trace == null
                ? Long.MAX_VALUE
                : trace.occurrences().stream()
                        .filter(occurrence -> occurrence.node().equals(node))
                        .count();
    }

    /** Whether both runs gave a duration. */
    boolean timed() {
        return first.seconds() > 0 && second.seconds() > 0 && Double.isFinite(first.seconds() + second.seconds());
    }
}

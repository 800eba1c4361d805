package dev.fettle.core.validate;

import dev.fettle.api.validate.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Two runs on one input.
 *
 * @param input index of the input
 * @param recordedRun id of the recorded run on this input that answered outside calls; null where there is none
 * @param second the candidate, or the original once more in a noise pair
 * @param judgement of the outputs; null where a run failed and there is nothing to compare
 * @param effects how the effects differ, up to where a run failed
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

    /**
     * Whether a run failed and the effects were not the same: maybe because it stopped before them, maybe because the other goes
     * on where it has to stop.
     */
    boolean differsInFailure() {
        return judgement == null && effects.kind() != EffectDifference.Kind.SAME;
    }

    /** Whether both runs gave a duration. */
    boolean timed() {
        return first.seconds() > 0 && second.seconds() > 0 && Double.isFinite(first.seconds() + second.seconds());
    }
}

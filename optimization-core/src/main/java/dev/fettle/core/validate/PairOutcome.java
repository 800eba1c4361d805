package dev.fettle.core.validate;

import dev.fettle.api.validate.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Two runs on one input.
 *
 * @param input index of the input
 * @param second the candidate, or the original once more in a noise pair
 * @param judgement of the outputs; null where a run failed and there is nothing to compare
 * @param effects how the effects differ; the same where a run failed, since a failed run stops where it stops
 */
public record PairOutcome(
        int input,
        RunMeasure first,
        RunMeasure second,
        @Nullable Judgement judgement,
        EffectDifference effects) {
    /** Whether the second run did something else than the first, or failed where the first did not. */
    boolean differs() {
        return judgement == null
                ? first.succeeded() && !second.succeeded()
                : judgement.outcome() == Judgement.Outcome.DIFFERENT || effects.kind() != EffectDifference.Kind.SAME;
    }

    /** Whether both runs gave a duration. */
    boolean timed() {
        return first.seconds() > 0 && second.seconds() > 0 && Double.isFinite(first.seconds() + second.seconds());
    }
}

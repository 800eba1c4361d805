package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.validate.AskedAgain.Compared;
import java.util.List;
import java.util.function.Function;

/**
 * What a verdict rests on.
 *
 * @param equality pairs whose outputs were compared
 * @param inputs different ones of these pairs
 * @param noise original against original
 * @param again inputs that were asked once more, because the versions differed on them
 * @param unconfirmed inputs on which the candidate alone failed, or had its effects in another order, and which were not asked
 *     once more as often as it takes
 * @param originalErrors runs of the original, noise pairs included
 * @param timedPairs pairs in which both runs gave a duration
 * @param effects pairs whose effects differ
 * @param overstepped inputs on which the original failed before it came to an effect that the candidate had: each time where asked
 *     again (bad), or sometimes (inconclusive)
 * @param speedup time of the original for one of the candidate
 * @param costReduction part of the cost saved
 */
record Findings(
        Count equality,
        int inputs,
        Count noise,
        List<AskedAgain> again,
        int unconfirmed,
        Count originalErrors,
        Count candidateErrors,
        EffectCounts effects,
        Count overstepped,
        int timedPairs,
        Measured speedup,
        Measured costReduction,
        List<Violation> violations) {
    Findings {
        again = List.copyOf(again);
        violations = List.copyOf(violations);
    }

    /** One aspect of all inputs that were asked once more together. */
    Compared again(Function<AskedAgain, Compared> aspect) {
        return again.stream().map(aspect).reduce(Compared.NOTHING, Compared::and);
    }

    /** Outputs of all pairs of both versions, also those that asked again. */
    Count allOutputs() {
        return equality.and(again(AskedAgain::outputs).candidate());
    }

    /** Wrong effects of all pairs of both versions, also those that asked again. */
    Count allEffects() {
        return effects.different().and(again(AskedAgain::effects).candidate());
    }

    /** Whether on one of the inputs that were asked once more the candidate differs beyond chance. */
    boolean comesAgain(Function<AskedAgain, Compared> aspect) {
        return again.stream().map(aspect).anyMatch(Compared::isWorse);
    }

    /**
     * @param bad pairs that differ or could not be judged, or runs that failed
     * @param inconclusive those of them that could not be judged
     */
    record Count(int bad, int inconclusive, int total) {
        static final Count NONE = new Count(0, 0, 0);

        double rate() {
            return total == 0 ? Double.NaN : (double) bad / total;
        }

        Count and(Count other) {
            return new Count(bad + other.bad, inconclusive + other.inconclusive, total + other.total);
        }
    }

    /**
     * Differences of effects between the versions, and of the original with itself.
     *
     * @param different effects that one of the two runs did not have, or more or less often
     * @param reordered the same effects in another order
     */
    record EffectCounts(Count different, Count differentNoise, Count reordered, Count reorderedNoise) {
        static final EffectCounts NONE = new EffectCounts(Count.NONE, Count.NONE, Count.NONE, Count.NONE);
    }
}

package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.validate.AskedAgain.Compared;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a verdict rests on.
 *
 * @param equality pairs whose outputs were compared
 * @param inputs different ones of these pairs
 * @param noise original against original
 * @param again what was asked once more, because the versions differed on it
 * @param unconfirmed inputs on which the candidate alone failed, or had its effects in another order, and which were not asked
 *     once more as often as it takes, or on which the original was not seen to do the same
 * @param originalErrors runs of the original, noise pairs included
 * @param timedPairs pairs in which both runs gave a duration
 * @param effects pairs whose effects differ
 * @param unclearInFailure inputs on which a run failed and the effects were not the same, which no failure by chance explains as
 *     far as was asked
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
        int unclearInFailure,
        int timedPairs,
        Measured speedup,
        Measured costReduction,
        List<Violation> violations) {
    Findings {
        again = List.copyOf(again);
        violations = List.copyOf(violations);
    }

    /** One aspect of all that was asked once more together. */
    Compared again(Function<AskedAgain, Compared> aspect) {
        return again.stream().map(aspect).reduce(Compared.NOTHING, Compared::and);
    }

    /**
     * One aspect of the planned pairs, and of each question that was asked once more by itself: thrown together, what was asked
     * more often because it is hard would weigh more in one version than in the other.
     */
    List<Compared> tables(Compared planned, Function<AskedAgain, Compared> aspect) {
        return Stream.concat(Stream.of(planned), again.stream().map(aspect)).toList();
    }

    /** Outputs of all pairs of both versions, also those that asked again. */
    Count allOutputs() {
        return equality.and(again(AskedAgain::outputs).candidate());
    }

    /** Wrong effects of all pairs, also those that asked again. */
    Compared allEffects() {
        return effects.set().and(again(AskedAgain::effects));
    }

    /** Whether on one of the questions that were asked once more the candidate alone differs, or fails. */
    boolean comesAgainAlone(Function<AskedAgain, Compared> aspect) {
        return again.stream().map(aspect).anyMatch(Compared::isOnlyTheCandidates);
    }

    /** Whether the candidate differs beyond chance on one of the questions that were asked once more. */
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

        /** Without those that could not be judged. */
        Count judged() {
            return new Count(bad - inconclusive, 0, total - inconclusive);
        }

        Count and(Count other) {
            return new Count(bad + other.bad, inconclusive + other.inconclusive, total + other.total);
        }
    }

    /**
     * Pairs whose effects differ, of the original with itself and with the candidate.
     *
     * @param set effects that one of the two runs did not have, or more or less often
     * @param order the same effects in another order
     */
    record EffectCounts(Compared set, Compared order) {
        static final EffectCounts NONE = new EffectCounts(Compared.NOTHING, Compared.NOTHING);
    }
}

package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import java.util.List;

/**
 * What a verdict rests on.
 *
 * @param equality pairs whose outputs were compared
 * @param inputs different ones of these pairs
 * @param noise original against original
 * @param again the same questions asked once more where the versions differed
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
        Again again,
        Count originalErrors,
        Count candidateErrors,
        EffectCounts effects,
        Count overstepped,
        int timedPairs,
        Measured speedup,
        Measured costReduction,
        List<Violation> violations) {
    Findings {
        violations = List.copyOf(violations);
    }

    /**
     * @param bad pairs that differ or could not be judged, or runs that failed
     * @param inconclusive those of them that could not be judged
     */
    record Count(int bad, int inconclusive, int total) {
        double rate() {
            return total == 0 ? Double.NaN : (double) bad / total;
        }

        Count and(Count other) {
            return new Count(bad + other.bad, inconclusive + other.inconclusive, total + other.total);
        }
    }

    /**
     * What happened when the inputs on which the versions differed, or the candidate alone failed, were run several times more:
     * what differs or fails there by chance does so with the original itself, too.
     *
     * @param noise outputs of the original against itself
     * @param effectsNoise effects of the original against itself
     * @param fails whether on one of the inputs the candidate failed more often, beyond chance
     */
    record Again(
            Count equality,
            Count noise,
            Count effectsNoise,
            Count originalErrors,
            Count candidateErrors,
            boolean fails) {
        private static final Count NONE = new Count(0, 0, 0);

        static final Again NOTHING = new Again(NONE, NONE, NONE, NONE, NONE, false);
    }

    /**
     * Differences of effects between the versions, and of the original with itself.
     *
     * @param different effects that one of the two runs did not have, or more or less often
     * @param reordered the same effects in another order
     */
    record EffectCounts(Count different, Count differentNoise, Count reordered, Count reorderedNoise) {
        static final EffectCounts NONE =
                new EffectCounts(new Count(0, 0, 0), new Count(0, 0, 0), new Count(0, 0, 0), new Count(0, 0, 0));
    }
}

package dev.fettle.core.validate;

import dev.fettle.core.validate.EffectDifference.Kind;
import dev.fettle.core.validate.Findings.Count;
import java.util.List;

/**
 * What one question showed when it was asked several times more, because the versions differed on it: what differs there by
 * chance does so with the original itself, too.
 *
 * @param effectsInFailure pairs in which a run failed and the effects were not the same
 */
record AskedAgain(Compared outputs, Compared effects, Compared order, Compared failures, Compared effectsInFailure) {
    /** The original beside itself, and beside the candidate. */
    record Compared(Count original, Count candidate) {
        static final Compared NOTHING = new Compared(Count.NONE, Count.NONE);

        /** Whether the candidate differs, or fails, more often, beyond chance. */
        boolean isWorse() {
            return FisherExact.secondIsWorse(original, candidate) < Confirmation.ALPHA;
        }

        /** Whether the candidate differs, or fails, where the original was never seen to. */
        boolean isOnlyTheCandidates() {
            return candidate.bad() > 0 && original.bad() == 0;
        }

        Compared and(Compared other) {
            return new Compared(original.and(other.original), candidate.and(other.candidate));
        }
    }

    /** Of one question. */
    static AskedAgain of(List<PairOutcome> pairs, List<PairOutcome> noise) {
        return new AskedAgain(
                new Compared(Tally.outputs(noise), Tally.outputs(pairs)),
                new Compared(Tally.effects(noise, Kind.SET), Tally.effects(pairs, Kind.SET)),
                new Compared(Tally.effects(noise, Kind.ORDER), Tally.effects(pairs, Kind.ORDER)),
                new Compared(Tally.originalErrors(pairs, noise), Tally.candidateErrors(pairs)),
                new Compared(Tally.effectsInFailure(noise), Tally.effectsInFailure(pairs)));
    }
}

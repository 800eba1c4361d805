package dev.fettle.core.validate;

import dev.fettle.core.validate.EffectDifference.Kind;
import dev.fettle.core.validate.Findings.Count;
import java.util.List;

/**
 * What one question showed when it was asked several times more, because the versions differed on it: what differs there by
 * chance does so with the original itself, too.
 *
 * @param overstepped pairs in which the original failed before it came to an effect that the candidate had
 */
record AskedAgain(Compared outputs, Compared effects, Compared order, Compared failures, Count overstepped) {
    /** The original beside itself, and beside the candidate. */
    record Compared(Count original, Count candidate) {
        static final Compared NOTHING = new Compared(Count.NONE, Count.NONE);

        /** Whether the candidate differs, or fails, more often, beyond chance. */
        boolean isWorse() {
            return FisherExact.secondIsWorse(original, candidate) < Confirmation.ALPHA;
        }

        Compared and(Compared other) {
            return new Compared(original.and(other.original), candidate.and(other.candidate));
        }
    }

    /** Of one question. */
    static AskedAgain of(List<PairOutcome> pairs, List<PairOutcome> noise) {
        int overstepped = (int) pairs.stream().filter(PairOutcome::oversteps).count();
        return new AskedAgain(
                new Compared(Tally.outputs(noise), Tally.outputs(pairs)),
                new Compared(Tally.effects(noise, Kind.SET), Tally.effects(pairs, Kind.SET)),
                new Compared(Tally.effects(noise, Kind.ORDER), Tally.effects(pairs, Kind.ORDER)),
                new Compared(Tally.originalErrors(pairs, noise), Tally.candidateErrors(pairs)),
                new Count(overstepped, 0, pairs.size()));
    }

    /** Whether the original each time failed before the effect. One that fails by chance does not fail each time. */
    boolean alwaysOversteps() {
        return overstepped.total() >= Confirmation.ROUNDS && overstepped.bad() == overstepped.total();
    }

    /** Whether this cannot be told from a failure by chance. */
    boolean perhapsOversteps() {
        return !alwaysOversteps() && (overstepped.total() < Confirmation.ROUNDS || overstepped.bad() > 0);
    }
}

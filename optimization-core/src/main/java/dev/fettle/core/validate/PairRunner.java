package dev.fettle.core.validate;

import dev.fettle.api.validate.Judgement;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Runs pair after pair, and compares what the two runs gave and did. */
final class PairRunner {
    private final Session session;
    private final BiPredicate<String, String> ordered;

    PairRunner(Session session) {
        this.session = session;
        LeafOrder precedence = new LeafOrder(session.request().original());
        this.ordered =
                (one, other) -> precedence.firstInAnIteration(one, other) || precedence.firstInAnIteration(other, one);
    }

    /** One pair; null where it was interrupted, and then its runs say nothing. */
    @Nullable
    PairOutcome run(DryRunId.Phase phase, int place, Schedule.Slot slot) {
        DryRunId original = new DryRunId(phase, place, DryRunId.Role.ORIGINAL);
        DryRunId other = new DryRunId(phase, place, slot.noise() ? DryRunId.Role.AGAIN : DryRunId.Role.CANDIDATE);
        RunMeasure first;
        RunMeasure second;
        if (slot.swapped()) {
            second = session.run(slot, other);
            first = session.run(slot, original);
        } else {
            first = session.run(slot, original);
            second = session.run(slot, other);
        }
        if (session.interrupted()) {
            return null;
        }
        Judgement judgement = first.succeeded() && second.succeeded()
                ? session.request().judges().compare(first.output(), second.output())
                : null;
        EffectDifference effects = EffectDifference.between(first.effects(), second.effects(), ordered);
        return new PairOutcome(
                slot.input(), session.recordedRun(slot, first, second), first, second, judgement, effects);
    }
}

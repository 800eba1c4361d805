package dev.fettle.core.validate;

import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.core.validate.EffectDifference.Kind;
import dev.fettle.core.validate.Findings.Count;
import java.util.List;
import java.util.Objects;

/** Counts over pairs. Pairs in which a run failed are in the counts of failures only. */
final class Tally {
    private Tally() {}

    static Count outputs(List<PairOutcome> pairs) {
        List<Outcome> outcomes = pairs.stream()
                .map(PairOutcome::judgement)
                .filter(Objects::nonNull)
                .map(Judgement::outcome)
                .toList();
        int inconclusive = (int) outcomes.stream()
                .filter(outcome -> outcome == Outcome.INCONCLUSIVE)
                .count();
        int different = (int) outcomes.stream()
                .filter(outcome -> outcome == Outcome.DIFFERENT)
                .count();
        return new Count(different + inconclusive, inconclusive, outcomes.size());
    }

    /** Pairs whose effects differ in this way. */
    static Count effects(List<PairOutcome> pairs, Kind kind) {
        List<PairOutcome> compared =
                pairs.stream().filter(pair -> pair.judgement() != null).toList();
        long bad =
                compared.stream().filter(pair -> pair.effects().kind() == kind).count();
        return new Count((int) bad, 0, compared.size());
    }

    /** Pairs in which a run failed and the effects were not the same. */
    static Count effectsInFailure(List<PairOutcome> pairs) {
        long bad = pairs.stream().filter(PairOutcome::differsInFailure).count();
        return new Count((int) bad, 0, pairs.size());
    }

    static Count candidateErrors(List<PairOutcome> pairs) {
        long failed = pairs.stream().filter(pair -> !pair.second().succeeded()).count();
        return new Count((int) failed, 0, pairs.size());
    }

    /** @param noise in which both runs are the original's */
    static Count originalErrors(List<PairOutcome> pairs, List<PairOutcome> noise) {
        long failed = pairs.stream().filter(pair -> !pair.first().succeeded()).count()
                + noise.stream().filter(pair -> !pair.first().succeeded()).count()
                + noise.stream().filter(pair -> !pair.second().succeeded()).count();
        return new Count((int) failed, 0, pairs.size() + 2 * noise.size());
    }
}

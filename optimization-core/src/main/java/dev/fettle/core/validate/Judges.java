package dev.fettle.core.validate;

import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import java.util.List;
import java.util.Map;

/**
 * The equivalence ladder: judges are asked in order, strictest first, until one finds the outputs equivalent. What the last
 * one says stands where none does.
 */
public record Judges(List<Rung> ladder) {
    /** A judge with its settings. */
    public record Rung(EquivalenceJudge judge, Record settings) {
        public static Rung of(EquivalenceJudge judge) {
            return new Rung(judge, judge.defaultSettings());
        }
    }

    /** Exact, then structural without rules, which finds the same. */
    public static final Judges DEFAULT = new Judges(List.of(Rung.of(new ExactJudge()), Rung.of(new StructuralJudge())));

    public Judges {
        ladder = List.copyOf(ladder);
        if (ladder.isEmpty()) {
            throw new IllegalArgumentException("no judge is configured; expected at least one, as in 'exact'");
        }
    }

    /** A judge that fails is inconclusive, never a pass. */
    Judgement compare(Map<String, Object> original, Map<String, Object> candidate) {
        Judgement last = new Judgement(Outcome.INCONCLUSIVE, "");
        for (Rung rung : ladder) {
            try {
                last = rung.judge().compare(original, candidate, rung.settings());
            } catch (RuntimeException e) {
                last = new Judgement(
                        Outcome.INCONCLUSIVE, "the judge '" + rung.judge().name() + "' failed: " + e.getMessage());
            }
            if (last.outcome() == Outcome.EQUIVALENT) {
                return last;
            }
        }
        return last;
    }
}

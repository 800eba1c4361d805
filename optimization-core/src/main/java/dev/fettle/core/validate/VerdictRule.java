package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From findings to a verdict. The first row that applies decides:
 *
 * <pre>
 *   REJECT        a critical violation; outputs or effects that differ beyond the noise floor; errors beyond the original's
 *   INCONCLUSIVE  too few pairs; outputs that cannot be judged, or differ as the original itself does
 *   APPROVE       speedup above approveSpeedup and cost not worse, or saving above approveSaving and speed not worse
 *   CONDITIONAL   speedup above conditionalSpeedup or saving above conditionalSaving, and surely a gain
 *   REJECT        surely slower or dearer beyond the tolerance
 *   INCONCLUSIVE  gain and loss are both possible, and the interval reaches a gain that would count; or an unknown cost
 *   MARGINAL      otherwise
 * </pre>
 *
 * "Above" means that the whole 95 % interval is, for APPROVE; "not worse" that no loss above the tolerance is in the
 * interval. A non-critical violation, an unknown cost, or more errors than the original's turn APPROVE and MARGINAL
 * into CONDITIONAL.
 *
 * @param tolerance part of time or cost that may be lost and still counts as not worse
 * @param alpha chance of taking noise for a difference, where the original does not always agree with itself
 * @param minPairs fewer timed and compared pairs are inconclusive; at least 2
 */
public record VerdictRule(
        double approveSpeedup,
        double approveSaving,
        double conditionalSpeedup,
        double conditionalSaving,
        double tolerance,
        double alpha,
        int minPairs) {
    public static final VerdictRule DEFAULT = new VerdictRule(1.2, 0.1, 1.1, 0.2, 0.05, 0.05, 5);

    public VerdictRule {
        if (!(approveSpeedup >= conditionalSpeedup && conditionalSpeedup >= 1)) {
            throw new IllegalArgumentException("approveSpeedup is (" + approveSpeedup + ") and conditionalSpeedup ("
                    + conditionalSpeedup + "); expected approveSpeedup >= conditionalSpeedup >= 1");
        }
        if (!(approveSaving >= 0 && conditionalSaving >= 0 && tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("approveSaving (" + approveSaving + "), conditionalSaving ("
                    + conditionalSaving + ") and tolerance (" + tolerance + ") must be at least 0, tolerance below 1");
        }
        if (!(alpha > 0 && alpha < 1) || minPairs < 2) {
            throw new IllegalArgumentException(
                    "alpha is (" + alpha + ") and minPairs (" + minPairs + "); expected (0, 1) and at least 2");
        }
    }

    /** The same rule, less easily taken in by noise. */
    VerdictRule withAlpha(double newAlpha) {
        return new VerdictRule(
                approveSpeedup, approveSaving, conditionalSpeedup, conditionalSaving, tolerance, newAlpha, minPairs);
    }

    Verdict judge(Findings findings) {
        List<String> reasons = new ArrayList<>();
        ValidationVerdict verdict = decide(findings, reasons);
        return new Verdict(verdict, reasons);
    }

    private ValidationVerdict decide(Findings findings, List<String> reasons) {
        findings.violations().forEach(violation -> reasons.add(violation.type() + ": " + violation.message()));
        reasons.add(Wording.equality(findings));
        reasons.addAll(Wording.effects(findings));
        reasons.add(Wording.errors(findings));
        if (findings.violations().stream().anyMatch(Violation::critical)
                || differs(findings)
                || actsDifferently(findings)
                || oversteps(findings)
                || fails(findings)) {
            return ValidationVerdict.REJECT;
        }
        ValidationVerdict unclear = unclear(findings, reasons);
        if (unclear != null) {
            return unclear;
        }
        reasons.add(Wording.speedup(findings));
        reasons.add(Wording.cost(findings.costReduction()));
        return gain(findings);
    }

    /**
     * One is enough where the original has none with itself and the difference comes again, beyond chance. Where the original
     * has some, too, there must be more than it has, beyond chance.
     */
    private boolean differs(Findings findings) {
        Findings.Count equality = findings.equality();
        if (findings.noise().bad() > 0) {
            return FisherExact.secondIsWorse(findings.noise(), equality) < alpha;
        }
        Findings.Again again = findings.again();
        return equality.bad() > equality.inconclusive()
                && (again.equality().total() == 0
                        || FisherExact.secondIsWorse(again.noise(), again.equality()) < Confirmation.ALPHA);
    }

    /** As {@link #differs}: one failure is enough where it comes again, beyond chance, or cannot be asked again. */
    private boolean fails(Findings findings) {
        Findings.Again again = findings.again();
        Findings.Count candidate = findings.candidateErrors();
        Findings.Count original = findings.originalErrors();
        boolean more =
                FisherExact.secondIsWorse(original.and(again.originalErrors()), candidate.and(again.candidateErrors()))
                        < alpha;
        boolean unasked = candidate.bad() > 0
                && original.bad() == 0
                && again.candidateErrors().total() == 0;
        return more || again.fails() || unasked;
    }

    private static boolean oversteps(Findings findings) {
        return findings.overstepped().bad() > findings.overstepped().inconclusive();
    }

    private boolean actsDifferently(Findings findings) {
        Findings.EffectCounts effects = findings.effects();
        Findings.Count again = findings.again().effectsNoise();
        return beyond(effects.differentNoise(), again, effects.different())
                || beyond(effects.reorderedNoise(), again, effects.reordered());
    }

    /** A wrong effect is enough once, unless the original has such, too: then there must be more, beyond chance. */
    private boolean beyond(Findings.Count original, Findings.Count again, Findings.Count candidate) {
        Findings.Count all = original.and(again);
        return all.bad() > 0 ? FisherExact.secondIsWorse(all, candidate) < alpha : candidate.bad() > 0;
    }

    private @Nullable ValidationVerdict unclear(Findings findings, List<String> reasons) {
        if (findings.equality().total() < minPairs || findings.timedPairs() < minPairs) {
            reasons.add(
                    "only " + findings.timedPairs() + " pairs were completed; a verdict takes at least " + minPairs);
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.equality().bad() > 0) {
            reasons.add(Wording.again(findings.again())
                    + "whether the outputs are equivalent could not be told; a judge that ignores what varies"
                    + " anyway could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.candidateErrors().bad() > 0
                && findings.originalErrors()
                                .and(findings.again().originalErrors())
                                .bad()
                        == 0) {
            reasons.add("whether the candidate fails more often than the original could not be told; more pairs could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.overstepped().bad() > 0) {
            reasons.add("whether the original fails there to hold the effect back, or by chance, could not be told");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.effects().different().bad() > 0) {
            reasons.add("the original itself does not always have the same effects, so whether the candidate keeps them"
                    + " could not be told");
            return ValidationVerdict.INCONCLUSIVE;
        }
        Measured speedup = findings.speedup();
        if (!Double.isFinite(speedup.low()) || !Double.isFinite(speedup.high())) {
            reasons.add("the speedup could not be measured");
            return ValidationVerdict.INCONCLUSIVE;
        }
        return null;
    }

    private ValidationVerdict gain(Findings findings) {
        Measured speedup = findings.speedup();
        Measured saving = findings.costReduction();
        boolean fastEnough = speedup.low() >= 1 - tolerance;
        boolean cheapEnough = saving.low() >= -tolerance;
        if ((speedup.low() > approveSpeedup && cheapEnough) || (saving.low() > approveSaving && fastEnough)) {
            return reservations(findings) ? ValidationVerdict.CONDITIONAL : ValidationVerdict.APPROVE;
        }
        boolean faster = speedup.value() > conditionalSpeedup && speedup.low() > 1;
        boolean cheaper = saving.value() > conditionalSaving && saving.low() > 0;
        if (faster || cheaper) {
            return ValidationVerdict.CONDITIONAL;
        }
        // No gain that counts is left to make up for a loss.
        if (speedup.high() < 1 - tolerance || saving.high() < -tolerance) {
            return ValidationVerdict.REJECT;
        }
        boolean open = (speedup.low() < 1 - tolerance && speedup.high() > conditionalSpeedup)
                || (saving.low() < -tolerance && saving.high() > conditionalSaving);
        if (open || !Double.isFinite(saving.low()) || !Double.isFinite(saving.high())) {
            return ValidationVerdict.INCONCLUSIVE;
        }
        return reservations(findings) ? ValidationVerdict.CONDITIONAL : ValidationVerdict.MARGINAL;
    }

    private static boolean reservations(Findings findings) {
        return !findings.violations().isEmpty()
                || findings.again().candidateErrors().bad() > 0
                || findings.effects().reordered().rate()
                        > findings.effects().reorderedNoise().rate()
                || findings.candidateErrors().rate() > findings.originalErrors().rate();
    }
}

package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.validate.AskedAgain.Compared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From findings to a verdict. The first row that applies decides:
 *
 * <pre>
 *   REJECT        a critical violation; outputs or effects that differ beyond the noise floor; errors beyond the original's
 *   INCONCLUSIVE  too few pairs; outputs that cannot be judged, or differ as the original itself does; failures, or an
 *                 order of effects, of the candidate that the original was never seen to have
 *   APPROVE       speedup above approveSpeedup and cost not worse, or saving above approveSaving and speed not worse
 *   CONDITIONAL   speedup above conditionalSpeedup or saving above conditionalSaving, and surely a gain
 *   REJECT        surely slower or dearer beyond the tolerance
 *   INCONCLUSIVE  gain and loss are both possible, and the interval reaches a gain that would count; or an unknown cost
 *   MARGINAL      otherwise
 * </pre>
 *
 * "Above" means that the whole 95 % interval is, for APPROVE; "not worse" that no loss above the tolerance is in the
 * interval. A non-critical violation, failures or effects in another order more often than the original's, or which the original
 * was not seen to have on the same question, or that could not be asked again turn APPROVE and MARGINAL into CONDITIONAL.
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
    private static final double ROUNDING = 1e-9;

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
                || findings.comesAgain(AskedAgain::effectsInFailure)
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

    /** One is enough where it comes again, beyond chance; else there must be more than the original has with itself. */
    private boolean differs(Findings findings) {
        List<Compared> outputs =
                findings.tables(new Compared(findings.noise(), findings.equality()), AskedAgain::outputs);
        return FisherExact.secondIsWorse(outputs) < alpha || findings.comesAgain(AskedAgain::outputs);
    }

    /** As {@link #differs}. */
    private boolean fails(Findings findings) {
        return FisherExact.secondIsWorse(errors(findings)) < alpha || findings.comesAgain(AskedAgain::failures);
    }

    private static List<Compared> errors(Findings findings) {
        return findings.tables(
                new Compared(findings.originalErrors(), findings.candidateErrors()), AskedAgain::failures);
    }

    /** As {@link #differs}: effects that wait for each other by chance come in any order, or not at all. */
    private boolean actsDifferently(Findings findings) {
        return FisherExact.secondIsWorse(findings.tables(findings.effects().set(), AskedAgain::effects)) < alpha
                || findings.comesAgain(AskedAgain::effects)
                || FisherExact.secondIsWorse(order(findings)) < alpha
                || findings.comesAgain(AskedAgain::order);
    }

    private static List<Compared> order(Findings findings) {
        return findings.tables(findings.effects().order(), AskedAgain::order);
    }

    private @Nullable ValidationVerdict unclear(Findings findings, List<String> reasons) {
        if (findings.equality().total() < minPairs || findings.timedPairs() < minPairs) {
            reasons.add(
                    "only " + findings.timedPairs() + " pairs were completed; a verdict takes at least " + minPairs);
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.allOutputs().bad() > 0) {
            reasons.add("whether the outputs are equivalent could not be told; a judge that ignores what varies anyway"
                    + " could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (isNeverTheOriginals(errors(findings))) {
            reasons.add("whether the candidate fails more often than the original could not be told; more pairs could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (findings.unclearInFailure() > 0 || findings.comesAgainAlone(AskedAgain::effectsInFailure)) {
            reasons.add(
                    "whether the effects differ where a run fails, or by chance, could not be told; fewer failures could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        Compared effects = findings.allEffects();
        if (effects.candidate().bad() > 0) {
            reasons.add(
                    "whether the candidate keeps the effects, or they differ by chance, could not be told; more pairs could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        if (isNeverTheOriginals(order(findings))) {
            reasons.add(
                    "whether the candidate has its effects in another order by chance could not be told; more pairs could");
            return ValidationVerdict.INCONCLUSIVE;
        }
        Measured speedup = findings.speedup();
        if (!Double.isFinite(speedup.low()) || !Double.isFinite(speedup.high())) {
            reasons.add("the speedup could not be measured");
            return ValidationVerdict.INCONCLUSIVE;
        }
        return null;
    }

    private static boolean isNeverTheOriginals(List<Compared> tables) {
        return tables.stream().reduce(Compared.NOTHING, Compared::and).isOnlyTheCandidates();
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
                || findings.unconfirmed() > 0
                || isMoreOften(order(findings))
                || isMoreOften(errors(findings))
                || findings.comesAgainAlone(AskedAgain::order)
                || findings.comesAgainAlone(AskedAgain::failures)
                || findings.again().stream().anyMatch(asked -> isMoreOften(List.of(asked.effectsInFailure())));
    }

    /** More often than it would with the rate that both have together in each table (Mantel and Haenszel, JNCI 22, 1959). */
    private static boolean isMoreOften(List<Compared> tables) {
        double excess = 0;
        for (Compared table : tables) {
            Findings.Count both = table.original().and(table.candidate());
            if (both.total() > 0) {
                excess += table.candidate().bad() - table.candidate().total() * both.rate();
            }
        }
        return excess > ROUNDING;
    }
}

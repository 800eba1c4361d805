package dev.fettle.core.estimate;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.search.CandidateEvaluator;

/** Turns means over replayed runs into a score: the objective, or how far constraints are violated. Lower is better. */
public final class Score {
    private final double perSecond;
    private final double perUsd;
    private final double perQuality;
    private final Constraints constraints;
    private final boolean bounded;

    public Score(Objective objective, Constraints constraints, Means baseline) {
        this.perSecond = weight(objective.durationWeight(), baseline.seconds());
        this.perUsd = weight(objective.costWeight(), baseline.usd());
        this.perQuality = weight(objective.qualityWeight(), baseline.quality());
        this.constraints = constraints;
        this.bounded = constraints.minQuality() > Double.NEGATIVE_INFINITY
                || constraints.maxCostUsd() < Double.POSITIVE_INFINITY
                || constraints.maxMemoryBytes() < Double.POSITIVE_INFINITY;
    }

    private static double weight(double weight, double baseline) {
        return baseline > 0 ? weight / baseline : 0;
    }

    public double of(Means means) {
        return means.lost() > 0
                ? lost(means.lost())
                : of(means.seconds(), means.usd(), means.quality(), means.memoryBytes());
    }

    double of(double seconds, double usd, double quality, double memoryBytes) {
        double violation = bounded ? violation(usd, quality, memoryBytes) : 0;
        return violation > 0 ? CandidateEvaluator.INFEASIBLE + violation : objective(seconds, usd, quality);
    }

    /**
     * Runs that fail are short and cheap, and keep bounds easily: a candidate that makes recorded runs fail is never
     * better than one that does not, whatever else it does.
     *
     * @param part of the runs, above 0
     */
    static double lost(double part) {
        return CandidateEvaluator.INFEASIBLE + 1 + part;
    }

    Constraints constraints() {
        return constraints;
    }

    /** The objective, whatever the constraints say. */
    public double objective(Means means) {
        return objective(means.seconds(), means.usd(), means.quality());
    }

    /** The objective is linear: for changes of its metrics this is the change of it. */
    double objective(double seconds, double usd, double quality) {
        double score = perSecond * seconds - perQuality * quality;
        return perUsd == 0 ? score : score + perUsd * usd;
    }

    /** Sum of the parts by which bounds are missed; 0 where all are kept; 1 for a bounded value that is unknown. */
    private double violation(double usd, double quality, double memoryBytes) {
        double violation = 0;
        if (!constraints.allowsQuality(quality)) {
            violation += known(constraints.minQuality() - quality);
        }
        if (!constraints.allowsCostUsd(usd)) {
            violation += known(excess(usd, constraints.maxCostUsd()));
        }
        if (!constraints.allowsMemoryBytes(memoryBytes)) {
            violation += known(excess(memoryBytes, constraints.maxMemoryBytes()));
        }
        return violation;
    }

    /** What is not known does not keep a bound. */
    private static double known(double missed) {
        return Double.isNaN(missed) ? 1 : missed;
    }

    private static double excess(double value, double bound) {
        return bound > 0 ? value / bound - 1 : value;
    }
}

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

    public Score(Objective objective, Constraints constraints, Means baseline) {
        this.perSecond = weight(objective.durationWeight(), baseline.seconds());
        this.perUsd = weight(objective.costWeight(), baseline.usd());
        this.perQuality = weight(objective.qualityWeight(), baseline.quality());
        this.constraints = constraints;
    }

    private static double weight(double weight, double baseline) {
        return baseline > 0 ? weight / baseline : 0;
    }

    public double of(Means means) {
        return of(means.seconds(), means.usd(), means.quality(), means.memoryBytes());
    }

    double of(double seconds, double usd, double quality, double memoryBytes) {
        double violation = violation(usd, quality, memoryBytes);
        return violation > 0 ? CandidateEvaluator.INFEASIBLE + violation : objective(seconds, usd, quality);
    }

    /** The objective, whatever the constraints say. */
    public double objective(Means means) {
        return objective(means.seconds(), means.usd(), means.quality());
    }

    private double objective(double seconds, double usd, double quality) {
        double score = perSecond * seconds - perQuality * quality;
        return perUsd == 0 ? score : score + perUsd * usd;
    }

    /** Sum of the parts by which bounds are missed; 0 where all are kept. */
    private double violation(double usd, double quality, double memoryBytes) {
        double violation = Math.max(0, constraints.minQuality() - quality);
        if (usd > constraints.maxCostUsd()) {
            violation += excess(usd, constraints.maxCostUsd());
        }
        if (memoryBytes > constraints.maxMemoryBytes()) {
            violation += excess(memoryBytes, constraints.maxMemoryBytes());
        }
        return violation;
    }

    private static double excess(double value, double bound) {
        return bound > 0 ? value / bound - 1 : value;
    }
}

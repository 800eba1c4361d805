package dev.fettle.core.plan;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.core.estimate.Means;

/** Turns means over replayed runs into a score: the objective, or how far constraints are violated. Lower is better. */
final class Score {
    private final double perSecond;
    private final double perUsd;
    private final double perQuality;
    private final Constraints constraints;

    Score(Objective objective, Constraints constraints, Means baseline) {
        this.perSecond = weight(objective.durationWeight(), baseline.seconds());
        this.perUsd = weight(objective.costWeight(), baseline.usd());
        this.perQuality = weight(objective.qualityWeight(), baseline.quality());
        this.constraints = constraints;
    }

    private static double weight(double weight, double baseline) {
        return baseline > 0 ? weight / baseline : 0;
    }

    /** Of one second of mean duration; likewise the others. Zero for a metric that drops out. */
    double perSecond() {
        return perSecond;
    }

    double perUsd() {
        return perUsd;
    }

    double perQuality() {
        return perQuality;
    }

    double of(Means means) {
        double violation = violation(means);
        return violation > 0 ? CandidateEvaluator.INFEASIBLE + violation : objective(means);
    }

    double objective(Means means) {
        double score = perSecond * means.seconds() - perQuality * means.quality();
        return perUsd == 0 ? score : score + perUsd * means.usd();
    }

    /** Sum of the parts by which bounds are missed; 0 where all are kept. */
    double violation(Means means) {
        double violation = Math.max(0, constraints.minQuality() - means.quality());
        if (means.usd() > constraints.maxCostUsd()) {
            violation += excess(means.usd(), constraints.maxCostUsd());
        }
        if (means.memoryBytes() > constraints.maxMemoryBytes()) {
            violation += excess(means.memoryBytes(), constraints.maxMemoryBytes());
        }
        return violation;
    }

    private static double excess(double value, double bound) {
        return bound > 0 ? value / bound - 1 : value;
    }
}

package dev.fettle.api.plan;

import dev.fettle.api.Evolving;

/**
 * What to optimize: the weighted sum {@code w_d * duration/baseline + w_c * cost/baseline - w_q * quality/baseline}, to be
 * minimized. Weights are not negative and not all zero. A metric whose baseline is zero or unknown drops out.
 */
@Evolving
public record Objective(double durationWeight, double costWeight, double qualityWeight) {
    public static final Objective BALANCED = new Objective(0.4, 0.4, 0.2);

    public Objective {
        requireWeight("durationWeight", durationWeight);
        requireWeight("costWeight", costWeight);
        requireWeight("qualityWeight", qualityWeight);
        if (durationWeight + costWeight + qualityWeight == 0) {
            throw new IllegalArgumentException("all weights are 0; expected at least one above");
        }
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(name + " is (" + weight + "); expected a finite number of at least 0");
        }
    }
}

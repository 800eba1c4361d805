package dev.fettle.strategies.basic.toolselection;

/**
 * How good an alternative is, relative to the tool that answers: 1 is as good, more is better.
 *
 * <p>{@code score = costWeight * cost + speedWeight * speed + successWeight * success}, each the ratio in favour of the
 * alternative on a scale from 0 to 2: {@code 2 * before / (before + after)} for cost and time,
 * {@code 2 * after / (before + after)} for success. Ratios, and not reciprocals of amounts, so that units do not matter.
 * What is not known of both drops out.
 *
 * @param costWeight and the others: not negative, not all zero
 */
record ToolScore(double costWeight, double speedWeight, double successWeight) {

    /** The score; NaN where nothing is known of both. */
    double of(double usdBefore, double usdAfter, Comparison comparison) {
        double[] weights = {costWeight, speedWeight, successWeight};
        double[] ratios = {
            favour(usdAfter, usdBefore),
            comparison.observations() > 0 ? favour(comparison.seconds().of(1), 1) : Double.NaN,
            favour(comparison.success(), comparison.alternativeSuccess())
        };
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!Double.isNaN(ratios[i])) {
                sum += weights[i] * ratios[i];
                weight += weights[i];
            }
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }

    /** From 0, where the second is nothing beside the first, to 2; 1 where both are equal. */
    private static double favour(double first, double second) {
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return Double.NaN;
        }
        return first + second == 0 ? 1 : 2 * second / (first + second);
    }
}

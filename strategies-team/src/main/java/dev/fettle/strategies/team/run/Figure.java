package dev.fettle.strategies.team.run;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of one value a run with its 95 % interval by Student's t; with one value the interval is the value.
 *
 * @param n values behind it
 */
public record Figure(double value, double low, double high, int n) {
    private static final double CONFIDENCE = 0.95;

    public static Figure mean(double... values) {
        int n = values.length;
        double mean = n == 0 ? 0 : StatUtils.mean(values);
        if (n < 2) {
            return new Figure(mean, mean, mean, n);
        }
        double half = new TDistribution(null, n - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                * Math.sqrt(StatUtils.variance(values) / n);
        return new Figure(mean, mean - half, mean + half, n);
    }

    /** The nearest rank: the smallest value that at least this part of the values does not exceed. */
    public static double quantile(double part, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.length - 1e-9);
        return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
    }

    /** Three significant digits. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    public static String seconds(double value) {
        return number(value) + " s";
    }

    public static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }

    /** As in {@code 12.1 (95 % interval 11-13.2)}. */
    public String words() {
        return number(value) + (n < 2 ? "" : " (95 % interval " + number(low) + "-" + number(high) + ")");
    }
}

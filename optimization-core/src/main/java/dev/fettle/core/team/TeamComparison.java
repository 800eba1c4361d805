package dev.fettle.core.team;

import dev.fettle.api.profile.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Two sets of measured runs of a team, before and after a change, by the rule of team tuning:
 *
 * <pre>
 *   FAILED         the improvement is below 0, or success fell by over 10 points, or the p95 rose by over 50 %
 *                  (from 20 runs each on: of fewer, the p95 is the slowest run, which is chance)
 *   PASSED         the improvement is 5 % or more, and its 95 % interval is above 0
 *   INCONCLUSIVE   otherwise; also with fewer runs an arm than wanted, and where nothing could be measured
 * </pre>
 *
 * Only an improvement that was measured counts: nothing here knows what was expected.
 *
 * @param improvement of the metric: the part of the mean that is saved, with its 95 % interval (the
 *     delta method on the logarithm of the ratio of two independent means)
 * @param reasons for the outcome, one sentence each
 */
public record TeamComparison(
        Metric metric, Side before, Side after, Improvement improvement, Outcome outcome, List<String> reasons) {
    private static final double PASS = 0.05;
    private static final double SUCCESS_LOSS = 0.1;
    private static final double TAIL_GAIN = 1.5;
    private static final double CONFIDENCE = 0.95;
    private static final int LEAST_FOR_TAIL = 20;

    /** Runs for each arm below which nothing is decided. */
    public static final int LEAST_RUNS = 10;

    public TeamComparison {
        reasons = List.copyOf(reasons);
    }

    /** What is to become less. */
    public enum Metric {
        DURATION,
        COST,
        TOOL_CALLS;

        /** As options name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How a comparison ends. */
    public enum Outcome {
        PASSED,
        INCONCLUSIVE,
        FAILED
    }

    /**
     * One arm.
     *
     * @param meanUsd not a number where a run's cost is not known
     */
    public record Side(
            int runs, double meanSeconds, double p95Seconds, Rate success, double meanToolCalls, double meanUsd) {
        static Side of(TeamMeasures measures) {
            double[] seconds = measures.seconds();
            Arrays.sort(seconds);
            int rank = (int) Math.ceil(0.95 * seconds.length - 1e-9);
            return new Side(
                    measures.runs(),
                    StatUtils.mean(seconds),
                    seconds.length == 0 ? Double.NaN : seconds[Math.max(0, rank - 1)],
                    Rate.of(measures.succeeded(), (long) measures.succeeded() + measures.failed()),
                    StatUtils.mean(measures.toolCalls()),
                    StatUtils.mean(measures.usd()));
        }
    }

    /**
     * A saved part with its 95 % interval.
     *
     * @param value in (-inf, 1]; not a number where it could not be measured
     */
    public record Improvement(double value, double low, double high) {}

    /**
     * Compares two sets of runs.
     *
     * @param leastRuns wanted for each arm
     */
    public static TeamComparison of(TeamMeasures before, TeamMeasures after, Metric metric, int leastRuns) {
        return of(before, after, metric, leastRuns, improvement(values(before, metric), values(after, metric)));
    }

    /**
     * Compares two sets of runs whose improvement was measured in pairs.
     *
     * @param improvement of the metric, from the pairs
     */
    public static TeamComparison of(
            TeamMeasures before, TeamMeasures after, Metric metric, int leastRuns, Improvement improvement) {
        Side first = Side.of(before);
        Side second = Side.of(after);
        List<String> reasons = new ArrayList<>();
        Outcome outcome = outcome(first, second, improvement, metric, leastRuns, reasons);
        return new TeamComparison(metric, first, second, improvement, outcome, reasons);
    }

    private static double[] values(TeamMeasures measures, Metric metric) {
        return switch (metric) {
            case DURATION -> measures.seconds();
            case COST -> measures.usd();
            case TOOL_CALLS -> measures.toolCalls();
        };
    }

    private static Outcome outcome(
            Side before, Side after, Improvement improvement, Metric metric, int leastRuns, List<String> reasons) {
        double loss = before.success().value() - after.success().value();
        double tail = after.p95Seconds() / before.p95Seconds();
        if (before.runs() < leastRuns || after.runs() < leastRuns) {
            reasons.add("there are " + before.runs() + " runs before and " + after.runs() + " after; a verdict takes "
                    + leastRuns + " each");
            return Outcome.INCONCLUSIVE;
        }
        if (loss > SUCCESS_LOSS) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "success fell from %.1f %% to %.1f %%, by more than 10 points",
                    100 * before.success().value(),
                    100 * after.success().value()));
            return Outcome.FAILED;
        }
        boolean tailKnown = Math.min(before.runs(), after.runs()) >= LEAST_FOR_TAIL;
        if (tailKnown && tail > TAIL_GAIN) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the p95 rose from %.3g s to %.3g s, by more than 50 %%",
                    before.p95Seconds(),
                    after.p95Seconds()));
            return Outcome.FAILED;
        }
        if (!Double.isFinite(improvement.value())) {
            reasons.add("the " + metric.word() + " could not be measured in every run");
            return Outcome.INCONCLUSIVE;
        }
        String words = String.format(
                Locale.ROOT,
                "the %s %s by %.1f %% (95 %% interval of the saving %.1f %% to %.1f %%)",
                metric.word(),
                improvement.value() < 0 ? "rose" : "fell",
                100 * Math.abs(improvement.value()),
                100 * improvement.low(),
                100 * improvement.high());
        reasons.add(words);
        if (improvement.value() < 0) {
            return Outcome.FAILED;
        }
        return improvement.value() >= PASS && improvement.low() > 0 ? Outcome.PASSED : Outcome.INCONCLUSIVE;
    }

    private static Improvement improvement(double[] before, double[] after) {
        double first = StatUtils.mean(before);
        double second = StatUtils.mean(after);
        if (!(first > 0) || !Double.isFinite(second)) {
            return new Improvement(Double.NaN, Double.NaN, Double.NaN);
        }
        double ratio = second / first;
        double a = relativeVariance(before, first);
        double b = second > 0 ? relativeVariance(after, second) : 0;
        double error = Math.sqrt(a + b);
        if (before.length < 2 || after.length < 2 || !Double.isFinite(error)) {
            return new Improvement(1 - ratio, Double.NaN, Double.NaN);
        }
        if (error == 0) {
            return new Improvement(1 - ratio, 1 - ratio, 1 - ratio);
        }
        // Welch's degrees of freedom
        double freedom = (a + b) * (a + b) / (a * a / (before.length - 1) + b * b / (after.length - 1));
        double reach = new TDistribution(null, freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2) * error;
        return new Improvement(1 - ratio, 1 - ratio * Math.exp(reach), 1 - ratio * Math.exp(-reach));
    }

    private static double relativeVariance(double[] values, double mean) {
        return StatUtils.variance(values) / (values.length * mean * mean);
    }
}

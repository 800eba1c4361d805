package dev.fettle.core.estimate;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Puts replayed runs together to an estimate. An interval joins the error of the sample, by the bootstrap, and the
 * uncertainty of each belief, by replays with it at either end of its interval; they are independent and add in squares.
 */
final class EstimateAssembly {
    private final RunOutcomes before;
    private final RunOutcomes after;
    private final List<RunOutcomes[]> ends;
    private final Bootstrap bootstrap;
    private final List<Belief> beliefs;

    /**
     * @param ends for each uncertain belief, the runs with it at its lower and its upper end
     */
    EstimateAssembly(
            RunOutcomes before,
            RunOutcomes after,
            List<RunOutcomes[]> ends,
            Bootstrap bootstrap,
            List<Belief> beliefs) {
        this.before = before;
        this.after = after;
        this.ends = ends;
        this.bootstrap = bootstrap;
        this.beliefs = beliefs;
    }

    /**
     * @param notes assumptions of the replay itself
     */
    Estimate estimate(List<Suggestion> suggestions, boolean changed, List<String> notes) {
        Source base = changed ? Source.ESTIMATED : Source.MEASURED;
        Source duration = base.and(source(Belief::seconds));
        Bootstrap.Interval[] quantiles = bootstrap.quantileIntervals(after.seconds, 0.5, 0.95, 0.99);
        MetricEstimate median = quantile(0.5, quantiles[0], duration);
        MetricEstimate p95 = notBelow(median, quantile(0.95, quantiles[1], duration));
        return new Estimate(
                mean(runs -> runs.seconds, duration),
                median,
                p95,
                notBelow(p95, quantile(0.99, quantiles[2], duration)),
                // prices come from a table
                cost(Source.ASSUMED),
                success(base),
                quality(base),
                confidence(suggestions),
                after.seconds.length,
                assumptions(changed, notes));
    }

    private Source source(Function<Belief, Amount> part) {
        Source source = Source.MEASURED;
        for (Belief belief : beliefs) {
            if (!part.apply(belief).equals(Amount.UNCHANGED)) {
                source = source.and(belief.source());
            }
        }
        return source;
    }

    private MetricEstimate quantile(double rank, Bootstrap.Interval interval, Source source) {
        return metric(runs -> runs.seconds, Bootstrap.quantile(rank), runs -> interval, source);
    }

    /** A higher quantile lies within the bounds of a lower one, or above them: few runs tell little of it by themselves. */
    private static MetricEstimate notBelow(MetricEstimate lower, MetricEstimate higher) {
        return new MetricEstimate(
                higher.before(),
                higher.after(),
                Math.max(lower.low(), higher.low()),
                Math.max(lower.high(), higher.high()),
                higher.source());
    }

    private MetricEstimate mean(Function<RunOutcomes, double[]> values, Source source) {
        return metric(values, Bootstrap::mean, bootstrap::meanInterval, source);
    }

    private MetricEstimate metric(
            Function<RunOutcomes, double[]> values,
            ToDoubleFunction<double[]> statistic,
            Function<double[], Bootstrap.Interval> interval,
            Source source) {
        double[] runs = values.apply(after);
        double value = statistic.applyAsDouble(runs);
        Bootstrap.Interval sampling = interval.apply(runs);
        double below = square(value - sampling.low());
        double above = square(sampling.high() - value);
        for (RunOutcomes[] pair : ends) {
            double low = statistic.applyAsDouble(values.apply(pair[0]));
            double high = statistic.applyAsDouble(values.apply(pair[1]));
            below += square(Math.max(0, value - Math.min(low, high)));
            above += square(Math.max(0, Math.max(low, high) - value));
        }
        return new MetricEstimate(
                statistic.applyAsDouble(values.apply(before)),
                value,
                Math.max(0, value - Math.sqrt(below)),
                value + Math.sqrt(above),
                source);
    }

    private static double square(double value) {
        return value * value;
    }

    private MetricEstimate cost(Source source) {
        if (before.costUnknown()) {
            return new MetricEstimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, source);
        }
        MetricEstimate cost = mean(runs -> runs.usd, source);
        return after.unpricedCalls <= before.unpricedCalls
                ? cost
                : new MetricEstimate(cost.before(), Double.NaN, Double.NaN, Double.NaN, source);
    }

    /** The bootstrap says nothing where all runs ended alike: Wilson's interval does. */
    private MetricEstimate success(Source source) {
        double value = Bootstrap.mean(after.success);
        int n = after.success.length;
        if (n == 0) {
            return new MetricEstimate(Double.NaN, Double.NaN, 0, 1, source);
        }
        Rate rate = Rate.of(Math.round(value * n), n);
        return new MetricEstimate(
                Bootstrap.mean(before.success),
                value,
                Math.min(value, rate.low()),
                Math.max(value, rate.high()),
                source);
    }

    private MetricEstimate quality(Source base) {
        Source source = base.and(source(Belief::quality));
        MetricEstimate quality = mean(runs -> runs.quality, source);
        return new MetricEstimate(
                unit(quality.before()), unit(quality.after()), unit(quality.low()), unit(quality.high()), source);
    }

    private static double unit(double value) {
        return Math.max(0, Math.min(1, value));
    }

    /** How sure the strategies are, times the part of the time that does not rest on assumptions, less for few runs. */
    private double confidence(List<Suggestion> suggestions) {
        double strategies =
                suggestions.stream().mapToDouble(Suggestion::confidence).min().orElse(1);
        double total = 0;
        for (double seconds : before.seconds) {
            total += seconds;
        }
        double measured = total > 0 ? 1 - Math.min(1, after.assumedSeconds / total) : 1;
        double n = after.seconds.length;
        return strategies * measured * n / (n + 1);
    }

    private List<String> assumptions(boolean changed, List<String> notes) {
        Set<String> assumptions = new LinkedHashSet<>();
        for (Belief belief : beliefs) {
            String kind = belief.source() == Source.ASSUMED ? "assumed" : "estimated";
            assumptions.add(kind + " for '" + belief.node() + "': " + belief.basis());
        }
        assumptions.addAll(notes);
        List<String> list = new ArrayList<>(assumptions);
        if (changed && after.rescuedRuns > 0) {
            list.add("estimated: " + after.rescuedRuns
                    + " recorded runs that failed would go on; completed runs stand in for what was not recorded");
        }
        if (after.seconds.length == 1) {
            list.add("one run, no interval: it does not tell how much runs differ");
        }
        if (after.unpricedCalls > 0) {
            list.add("not counted: " + after.unpricedCalls + " model calls without a known price");
        }
        return list;
    }
}

package dev.fettle.benchmarks.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cheap configuration to ask first, and how much it may spend before the best one takes over, from recorded outcomes
 * of all configurations on the same tasks.
 *
 * <pre>
 *   task ──▶ cheap, up to 0.02 USD ──▶ done?      ──no──▶ best
 * </pre>
 *
 * That a run reaches its limit is a failure that shows without knowing whether an answer is right, and runs of which much is
 * spent are those that fail more often. The best configuration is the one with the most successes. Of all pairs of a first
 * configuration and a limit, the cheapest is taken whose loss of success, with a standard error on top, is within what is
 * allowed: the one-standard-error rule (Breiman et al. 1984). Since the best looking of many pairs looks better than it is, the rate at which answers of a first
 * configuration are lost is drawn towards that of all of them at the same part of the tasks, as if that had been seen in
 * {@value #PRIOR_TASKS} further tasks (an empirical Bayes estimate with a fixed weight).
 */
final class CheapFirst {
    private static final int PRIOR_TASKS = 200;
    private static final int STEPS = 50;

    /** How many standard errors the loss may be underestimated by: a one-sided bound of about 84 %. */
    private static final double STANDARD_ERRORS = 1;

    private final List<Configuration> all;
    private final Configuration best;
    private final int tasks;

    /**
     * What a configuration (a model, or an agent with its model) did on each of the tasks.
     *
     * @param success by task, in [0, 1]
     * @param usd by task
     */
    public record Configuration(String name, List<Double> success, List<Double> usd) {
        public Configuration {
            success = List.copyOf(success);
            usd = List.copyOf(usd);
        }

        double meanUsd() {
            return usd.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }

        double meanSuccess() {
            return success.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }
    }

    /**
     * What to ask.
     *
     * @param first asked first; null where the best is asked at once
     * @param limitUsd what the first may spend; positive infinity where it is asked alone
     * @param best asked where the first does not end within the limit
     */
    public record Choice(@Nullable String first, double limitUsd, String best) {}

    private record Option(Configuration first, double limit, int answered, double lost, double changed, double usd) {}

    /** @param all at least one, all with the same tasks in the same order, of which there is at least one */
    public CheapFirst(List<Configuration> all) {
        this.all = List.copyOf(all);
        this.best = all.stream()
                .max(Comparator.comparingDouble(Configuration::meanSuccess)
                        .thenComparing(Comparator.comparingDouble(Configuration::meanUsd)
                                .reversed()))
                .orElseThrow(() -> new IllegalArgumentException("there is no configuration; expected at least one"));
        this.tasks = best.success().size();
    }

    /** The configuration with the most successes; of equal ones the cheapest. */
    public String best() {
        return best.name();
    }

    /** @param allowed part of the tasks whose success may be lost, in [0, 1] */
    public Choice choose(double allowed) {
        Option cheapest = null;
        double least = best.meanUsd();
        for (int step = 1; step <= STEPS; step++) {
            List<Option> options = options((int) Math.round((double) tasks * step / STEPS));
            double answered = options.stream().mapToDouble(Option::answered).sum();
            double lost = options.stream().mapToDouble(Option::lost).sum() / answered;
            double changed = options.stream().mapToDouble(Option::changed).sum() / answered;
            for (Option option : options) {
                if (option.usd() < least && loss(option, lost, changed) <= allowed) {
                    cheapest = option;
                    least = option.usd();
                }
            }
        }
        return cheapest == null
                ? new Choice(null, 0, best.name())
                : new Choice(cheapest.first().name(), cheapest.limit(), best.name());
    }

    /** Upper bound of the loss of success over all tasks. */
    private double loss(Option option, double usualLoss, double usualChange) {
        double seen = option.answered() + PRIOR_TASKS;
        double rate = (option.lost() + PRIOR_TASKS * usualLoss) / seen;
        double change = (option.changed() + PRIOR_TASKS * usualChange) / seen;
        double part = (double) option.answered() / tasks;
        return part * rate + STANDARD_ERRORS * Math.sqrt(part * change / tasks);
    }

    /** Every other configuration first, with the limit under which it answers this many tasks. */
    private List<Option> options(int answered) {
        List<Option> options = new ArrayList<>();
        for (Configuration first : all) {
            if (answered > 0 && !first.equals(best)) {
                options.add(option(first, answered));
            }
        }
        return options;
    }

    private Option option(Configuration first, int answered) {
        double limit = answered == tasks
                ? Double.POSITIVE_INFINITY
                : first.usd().stream().sorted().skip(answered - 1L).findFirst().orElseThrow();
        int within = 0;
        double lost = 0;
        double changed = 0;
        double usd = 0;
        for (int task = 0; task < tasks; task++) {
            if (first.usd().get(task) <= limit) {
                double difference = best.success().get(task) - first.success().get(task);
                within++;
                lost += difference;
                changed += Math.abs(difference);
                usd += first.usd().get(task);
            } else {
                usd += limit + best.usd().get(task);
            }
        }
        return new Option(first, limit, within, lost, changed, usd / tasks);
    }
}

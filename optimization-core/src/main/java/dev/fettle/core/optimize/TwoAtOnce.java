package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.concurrent.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * By how much computing is slower while two runs go at once than while one does. Two processors are often less than two: they
 * share caches and memory, are two threads of one core, or are lent by a busy host.
 */
final class TwoAtOnce {
    /** One after the other, and at once. */
    static final int RUNS_OF_A_ROUND = 4;

    static final int LEAST_ROUNDS = 4;

    private static final int MOST_ROUNDS = 12;

    /** Time of runs one after the other, after which no round above the least is begun. */
    private static final double ENOUGH_SECONDS = 10;

    /** What all these runs may cost, in US dollars. */
    private static final double MOST_USD = 0.01;

    /** Part of a run in which it computes, below which two of them hardly meet. */
    private static final double COMPUTING = 0.6;

    /** Processors that work for one run, above which two ask for more than there are, however fast these are. */
    private static final double SEVERAL = 1.1;

    /** Time of a run, below which the start of threads shows more than what processors share. */
    private static final double LEAST_SECONDS = 0.01;

    /** By round: time in which both runs went on, in times of what they did in it alone. */
    private final List<Double> ratios = new ArrayList<>();

    private double computed;
    private double metered;
    private double spentUsd;

    private TwoAtOnce() {}

    /**
     * Makes runs of two inputs in turn one after the other and at once: {@value #LEAST_ROUNDS} rounds, and more where runs are
     * short, because what a single round shows depends on what else the machine does at that moment.
     *
     * @param run runs the input of this index, from any thread; indices may exceed the number of inputs
     * @param ended hears of each round that has ended, counted from 1
     * @return the median over the rounds; empty where runs hardly compute, use several processors, are very short, cost
     *     more than a cent together, or fail
     */
    static OptionalDouble slowdown(IntFunction<ExecutionResult> run, IntConsumer ended) {
        TwoAtOnce measurement = new TwoAtOnce();
        for (int round = 0; measurement.goesOn(round); round++) {
            if (!measurement.succeeds(run, round) || !measurement.tells(round + 1)) {
                return OptionalDouble.empty();
            }
            ended.accept(round + 1);
        }
        // of the whole run only the computing is slowed
        double share = Math.min(1, measurement.share());
        double slower = new Median()
                .evaluate(measurement.ratios.stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        return OptionalDouble.of(Math.max(1, (slower - 1 + share) / share));
    }

    /** Whether runs of this mean cost may be made for it. */
    static boolean isAffordable(double usdPerRun) {
        return usdPerRun * RUNS_OF_A_ROUND * MOST_ROUNDS <= MOST_USD;
    }

    private boolean goesOn(int rounds) {
        return rounds < LEAST_ROUNDS || (rounds < MOST_ROUNDS && metered < ENOUGH_SECONDS);
    }

    /** What cannot be run at once is run one after another: that is no reason to fail. */
    private boolean succeeds(IntFunction<ExecutionResult> run, int round) {
        try {
            return round(run, round);
        } catch (RuntimeException e) {
            if (e instanceof FettleException known && known.code() == ErrorCode.INTERNAL) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Whether all runs of the round succeeded. The first round begins with one run after the other, which
     * tell whether to go on; then the order alternates, so that what drifts counts for neither.
     */
    private boolean round(IntFunction<ExecutionResult> run, int round) {
        int index = 2 * round;
        List<Supplier<ExecutionResult>> both = List.of(() -> run.apply(index), () -> run.apply(index + 1));
        boolean oneFirst = round % 2 == 0;
        List<ExecutionResult> first = SideBySide.of(both, oneFirst ? 1 : 2);
        if (!first.stream().allMatch(TwoAtOnce::succeeded)) {
            return false;
        }
        List<ExecutionResult> second = SideBySide.of(both, oneFirst ? 2 : 1);
        compare(oneFirst ? first : second, oneFirst ? second : first);
        return second.stream().allMatch(TwoAtOnce::succeeded);
    }

    private void compare(List<ExecutionResult> one, List<ExecutionResult> two) {
        for (ExecutionResult result : one) {
            metered += seconds(result.trace().wallClock());
            for (NodeOccurrence occurrence : result.trace().occurrences()) {
                Duration cpu = occurrence.cpu();
                computed += cpu == null ? 0 : seconds(cpu);
            }
        }
        one.forEach(result -> spentUsd += result.spentUsd());
        two.forEach(result -> spentUsd += result.spentUsd());
        // the longer one goes on alone when the other has ended
        double first = seconds(two.get(0).trace().wallClock());
        double second = seconds(two.get(1).trace().wallClock());
        double both = Math.min(first, second);
        double alone = Math.abs(first - second);
        double work = one.stream()
                .mapToDouble(result -> seconds(result.trace().wallClock()))
                .sum();
        ratios.add(2 * both / Math.max(both, work - alone));
    }

    /** Whether runs that go on at once tell something of the machine. */
    private boolean tells(int rounds) {
        double perRun = metered / (2.0 * rounds);
        return share() >= COMPUTING && share() <= SEVERAL && perRun >= LEAST_SECONDS && spentUsd <= MOST_USD;
    }

    /** Processors that worked for a run in the mean of its time. */
    private double share() {
        return metered > 0 ? computed / metered : 0;
    }

    private static boolean succeeded(ExecutionResult result) {
        return result.trace().status() == Status.OK && result.pause() == null;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

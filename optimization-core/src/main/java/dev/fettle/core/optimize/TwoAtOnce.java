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
import java.util.function.DoubleSupplier;
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

    /** What all these runs may cost at most, in US dollars. */
    private static final double MOST_USD = 0.01;

    /** The same as a part of what is left of the cap on spending, which is meant for other runs. */
    private static final double PART_OF_CAP = 0.01;

    /** Part of a run in which it computes, below which two of them hardly meet. */
    private static final double COMPUTING = 0.6;

    /** Processors that work for one run, above which two ask for more than there are, however fast these are. */
    private static final double SEVERAL = 1.1;

    /** Time of a run, below which the start of threads shows more than what processors share. */
    private static final double LEAST_SECONDS = 0.01;

    /** By round: time in which both runs went on, in times of what they did in it alone. */
    private final List<Double> ratios = new ArrayList<>();

    private final DoubleSupplier spentUsd;
    private final double spentBefore;
    private final double mostUsd;
    private double computed;
    private double metered;

    /**
     * @param spentUsd what was spent so far, with or without these runs
     * @param maxUsd that may be spent in all
     */
    TwoAtOnce(DoubleSupplier spentUsd, double maxUsd) {
        this.spentUsd = spentUsd;
        this.spentBefore = spentUsd.getAsDouble();
        this.mostUsd = Math.min(MOST_USD, PART_OF_CAP * Math.max(0, maxUsd - spentBefore));
    }

    /** Whether the least number of runs costs little enough, where one costs this in the mean. */
    boolean isAffordable(double usdPerRun) {
        return usdPerRun * RUNS_OF_A_ROUND * LEAST_ROUNDS <= mostUsd;
    }

    /**
     * Makes runs of two inputs in turn one after the other and at once: {@value #LEAST_ROUNDS} rounds, and more where runs are
     * short and cost little, because what a single round shows depends on what else the machine does at that moment. A round
     * beyond the least that fails ends the measuring, and those before it count.
     *
     * @param run runs the input of this index, from any thread; indices may exceed the number of inputs
     * @param ended hears of each round that has ended, counted from 1
     * @return the median over the rounds; empty where runs hardly compute, use several processors, are very short, fail, or
     *     turn out to cost too much
     */
    OptionalDouble slowdown(IntFunction<ExecutionResult> run, IntConsumer ended) {
        while (goesOn() && succeeds(run)) {
            ended.accept(ratios.size());
        }
        if (ratios.size() < LEAST_ROUNDS) {
            return OptionalDouble.empty();
        }
        // of the whole run only the computing is slowed
        double share = Math.min(1, share());
        double slower = new Median()
                .evaluate(ratios.stream().mapToDouble(Double::doubleValue).toArray());
        return OptionalDouble.of(Math.max(1, (slower - 1 + share) / share));
    }

    private boolean goesOn() {
        int rounds = ratios.size();
        if (rounds == 0) {
            return true;
        }
        double usdPerRound = (spentUsd.getAsDouble() - spentBefore) / rounds;
        return tells(rounds)
                && usdPerRound * (rounds + 1) <= mostUsd
                && (rounds < LEAST_ROUNDS || (rounds < MOST_ROUNDS && metered < ENOUGH_SECONDS));
    }

    /** What cannot be run at once is run one after another: that is no reason to fail. */
    private boolean succeeds(IntFunction<ExecutionResult> run) {
        try {
            return round(run, ratios.size());
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
        if (round == 0) {
            meter(first);
            if (!tells(1)) {
                return false;
            }
        }
        List<ExecutionResult> second = SideBySide.of(both, oneFirst ? 2 : 1);
        if (!second.stream().allMatch(TwoAtOnce::succeeded)) {
            return false;
        }
        List<ExecutionResult> one = oneFirst ? first : second;
        if (round > 0) {
            meter(one);
        }
        ratios.add(ratio(one, oneFirst ? second : first));
        return true;
    }

    private void meter(List<ExecutionResult> one) {
        for (ExecutionResult result : one) {
            metered += seconds(result);
            for (NodeOccurrence occurrence : result.trace().occurrences()) {
                Duration cpu = occurrence.cpu();
                computed += cpu == null ? 0 : seconds(cpu);
            }
        }
    }

    private static double ratio(List<ExecutionResult> one, List<ExecutionResult> two) {
        int shorter = seconds(two.get(0)) <= seconds(two.get(1)) ? 0 : 1;
        double both = seconds(two.get(shorter));
        // the longer one goes on alone when the other has ended
        double alone = seconds(two.get(1 - shorter)) - both;
        if (both < alone) {
            // what the longer one did meanwhile would be a small difference of long times
            return both / seconds(one.get(shorter));
        }
        double work = seconds(one.get(0)) + seconds(one.get(1)) - alone;
        // two processors are never reckoned as less than one
        return 2 * both / Math.max(both, work);
    }

    /** Whether runs that go on at once tell something of the machine. */
    private boolean tells(int rounds) {
        double perRun = metered / (2.0 * rounds);
        return share() >= COMPUTING && share() <= SEVERAL && perRun >= LEAST_SECONDS;
    }

    /** Processors that worked for a run in the mean of its time. */
    private double share() {
        return metered > 0 ? computed / metered : 0;
    }

    private static boolean succeeded(ExecutionResult result) {
        return result.trace().status() == Status.OK && result.pause() == null;
    }

    private static double seconds(ExecutionResult result) {
        return seconds(result.trace().wallClock());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

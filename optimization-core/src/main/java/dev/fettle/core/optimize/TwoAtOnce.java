package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.core.concurrent.SideBySide;
import dev.fettle.core.estimate.Interference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * By how much computing is slower while two runs go at once than while one does. Two processors are often less than two: they
 * share caches and memory, are two threads of one core, or are lent by a busy host.
 */
final class TwoAtOnce {
    /** One after the other, and at once. */
    static final int RUNS_OF_A_ROUND = 4;

    static final int LEAST_ROUNDS = 4;

    private static final int MOST_ROUNDS = 20;

    /** Time of runs one after the other, after which no round above the least is begun. */
    private static final double ENOUGH_SECONDS = 15;

    /** US dollars, after which no round is begun. */
    private static final double MOST_USD = 0.01;

    /** The same as a part of what is left of the cap on spending, which is meant for other runs. */
    private static final double PART_OF_CAP = 0.01;

    /** By so much the runs may be dearer than those that told what one costs, and still be made to the end. */
    private static final double DEARER = 1.5;

    /** Without the outer ones, one is left. */
    private static final int LEAST_THAT_TELL = 3;

    private static final int PARTS_OF_WHICH_ONE_IS_OUTER = 8;

    private final DoubleSupplier spentUsd;
    private final double spentBefore;
    private final double mostUsd;
    private final Predicate<ExecutionResult> priced;
    private final Metered metered = new Metered();
    private int rounds;

    /** Rounds that tell something. */
    private final List<Meeting> met = new ArrayList<>();

    /**
     * @param spentUsd what was spent so far, with or without these runs
     * @param maxUsd that may be spent in all
     * @param priced whether it is known what a run cost
     */
    TwoAtOnce(DoubleSupplier spentUsd, double maxUsd, Predicate<ExecutionResult> priced) {
        this.spentUsd = spentUsd;
        this.spentBefore = spentUsd.getAsDouble();
        this.mostUsd = Math.min(MOST_USD, PART_OF_CAP * Math.max(0, maxUsd - spentBefore));
        this.priced = priced;
    }

    /** Whether the least number of runs costs little enough, where one costs this in the mean. */
    boolean isAffordable(double usdPerRun) {
        return usdPerRun * RUNS_OF_A_ROUND * LEAST_ROUNDS * DEARER <= mostUsd;
    }

    /**
     * Makes runs of two inputs in turn one after the other and at once: {@value #LEAST_ROUNDS} rounds, and more where runs are
     * short and cost little, because what a single round shows depends on what else the machine does at that moment. A round
     * beyond the least that fails ends the measuring, and those before it count, without the outer ones: the eighth in which
     * runs slowed each other most and the eighth in which they did least, at least one of each.
     *
     * @param run runs the input of this index, from any thread; indices may exceed the number of inputs
     * @param ended hears of each round that has ended, counted from 1
     * @return {@link Interference#NONE} where runs, all together or those of most rounds, hardly compute, use several
     *     processors or are very short, and where they fail, or turn out to cost too much or nobody knows what
     */
    Interference interference(IntFunction<ExecutionResult> run, IntConsumer ended) {
        while (goesOn() && succeeds(run)) {
            rounds++;
            ended.accept(rounds);
        }
        if (rounds < LEAST_ROUNDS || met.size() < LEAST_THAT_TELL || 2 * met.size() < rounds) {
            return Interference.NONE;
        }
        // a round that something else disturbed is mostly one of the outer ones
        int outer = Math.max(1, met.size() / PARTS_OF_WHICH_ONE_IS_OUTER);
        return Meeting.interference(met.stream()
                .sorted(Comparator.comparingDouble(Meeting::slowdown))
                .toList()
                .subList(outer, met.size() - outer));
    }

    private boolean goesOn() {
        if (rounds == 0) {
            return true;
        }
        double spent = spentUsd.getAsDouble() - spentBefore;
        if (!metered.tells() || spent > mostUsd || rounds >= MOST_ROUNDS) {
            return false;
        }
        return rounds < LEAST_ROUNDS
                || (metered.seconds() < ENOUGH_SECONDS && spent / rounds * (rounds + 1) <= mostUsd);
    }

    /** What cannot be run at once is run one after another: that is no reason to fail. */
    private boolean succeeds(IntFunction<ExecutionResult> run) {
        try {
            return round(run);
        } catch (RuntimeException e) {
            if (e instanceof FettleException known && known.code() == ErrorCode.INTERNAL) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Whether all runs of the round succeeded. The order alternates, so that what drifts counts for neither; the first round
     * begins with one run after the other, which tell whether to go on.
     */
    private boolean round(IntFunction<ExecutionResult> run) {
        int index = 2 * rounds;
        List<Supplier<ExecutionResult>> both = List.of(() -> run.apply(index), () -> run.apply(index + 1));
        boolean oneFirst = rounds % 2 == 0;
        List<ExecutionResult> first = SideBySide.of(both, oneFirst ? 1 : 2);
        if (!first.stream().allMatch(this::counts)) {
            return false;
        }
        if (oneFirst) {
            first.forEach(result -> metered.add(result.trace()));
            if (!metered.tells()) {
                return false;
            }
        }
        List<ExecutionResult> second = SideBySide.of(both, oneFirst ? 2 : 1);
        if (!second.stream().allMatch(this::counts)) {
            return false;
        }
        if (!oneFirst) {
            second.forEach(result -> metered.add(result.trace()));
        }
        Meeting.of(oneFirst ? first : second, oneFirst ? second : first).ifPresent(met::add);
        return true;
    }

    private boolean counts(ExecutionResult result) {
        return result.trace().status() == Status.OK && result.pause() == null && priced.test(result);
    }
}

package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.concurrent.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
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

    /** Part of a run in which it computes, below which two of them hardly meet. */
    private static final double COMPUTING = 0.6;

    /** Processors that work for one run, above which two ask for more than there are, however fast these are. */
    private static final double SEVERAL = 1.1;

    /** Time of a run, below which the start of threads shows more than what processors share. */
    private static final double LEAST_SECONDS = 0.01;

    private final DoubleSupplier spentUsd;
    private final double spentBefore;
    private final double mostUsd;
    private final Predicate<ExecutionResult> priced;
    private final Metered metered = new Metered();
    private int rounds;

    /** Rounds that tell something. */
    private final List<Compared> compared = new ArrayList<>();

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

    /** Time of runs that went on alone, and in which of it they computed. */
    private static final class Metered {
        private double seconds;
        private double computed;
        private int runs;

        void add(ExecutionResult result) {
            runs++;
            seconds += seconds(result);
            for (NodeOccurrence occurrence : result.trace().occurrences()) {
                Duration cpu = occurrence.cpu();
                computed += cpu == null ? 0 : seconds(cpu);
            }
        }

        void add(Metered other) {
            runs += other.runs;
            seconds += other.seconds;
            computed += other.computed;
        }

        /** Processors that worked for a run in the mean of its time. */
        double share() {
            return seconds > 0 ? computed / seconds : 0;
        }

        /** Whether these, at once with others, tell something of the machine. */
        boolean tells() {
            return share() >= COMPUTING && share() <= SEVERAL && seconds >= LEAST_SECONDS * runs;
        }
    }

    /**
     * What a round compared.
     *
     * @param alone the runs one after the other
     * @param work seconds that what was done at once takes one run after the other
     * @param atOnce seconds that both processors together worked on it
     */
    private record Compared(Metered alone, double work, double atOnce) {
        double slower() {
            return atOnce / work;
        }
    }

    /** Whether the least number of runs costs little enough, where one costs this in the mean. */
    boolean isAffordable(double usdPerRun) {
        return usdPerRun * RUNS_OF_A_ROUND * LEAST_ROUNDS * DEARER <= mostUsd;
    }

    /**
     * Makes runs of two inputs in turn one after the other and at once: {@value #LEAST_ROUNDS} rounds, and more where runs are
     * short and cost little, because what a single round shows depends on what else the machine does at that moment. A round
     * beyond the least that fails ends the measuring, and those before it count. What counts is the ratio of the sums of
     * times over all rounds but the outer ones, which varies less from one measuring to the next than the median of ratios.
     *
     * @param run runs the input of this index, from any thread; indices may exceed the number of inputs
     * @param ended hears of each round that has ended, counted from 1
     * @return at least 1; empty where runs, all together or those of most rounds, hardly compute, use several
     *     processors or are very short, and where they fail, or turn out to cost too much or nobody knows what
     */
    OptionalDouble slowdown(IntFunction<ExecutionResult> run, IntConsumer ended) {
        while (goesOn() && succeeds(run)) {
            rounds++;
            ended.accept(rounds);
        }
        if (rounds < LEAST_ROUNDS || 2 * compared.size() < rounds) {
            return OptionalDouble.empty();
        }
        // a round that something else disturbed is mostly one of the outer ones
        int outer = compared.size() < 3 ? 0 : Math.max(1, compared.size() / 8);
        List<Compared> inner = compared.stream()
                .sorted(Comparator.comparingDouble(Compared::slower))
                .toList()
                .subList(outer, compared.size() - outer);
        double slower = inner.stream().mapToDouble(Compared::atOnce).sum()
                / inner.stream().mapToDouble(Compared::work).sum();
        Metered alone = new Metered();
        inner.forEach(round -> alone.add(round.alone()));
        // of the whole run only the computing is slowed
        double share = Math.min(1, alone.share());
        // that computing gets faster beside other work is chance
        return OptionalDouble.of(Math.max(1, (slower - 1 + share) / share));
    }

    private boolean goesOn() {
        if (rounds == 0) {
            return true;
        }
        double spent = spentUsd.getAsDouble() - spentBefore;
        if (!metered.tells() || spent > mostUsd || rounds >= MOST_ROUNDS) {
            return false;
        }
        return rounds < LEAST_ROUNDS || (metered.seconds < ENOUGH_SECONDS && spent / rounds * (rounds + 1) <= mostUsd);
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
            first.forEach(metered::add);
            if (!metered.tells()) {
                return false;
            }
        }
        List<ExecutionResult> second = SideBySide.of(both, oneFirst ? 2 : 1);
        if (!second.stream().allMatch(this::counts)) {
            return false;
        }
        if (!oneFirst) {
            second.forEach(metered::add);
        }
        compare(oneFirst ? first : second, oneFirst ? second : first);
        return true;
    }

    private void compare(List<ExecutionResult> one, List<ExecutionResult> two) {
        int shorter = seconds(two.get(0)) <= seconds(two.get(1)) ? 0 : 1;
        double both = seconds(two.get(shorter));
        // the longer one goes on alone when the other has ended
        double alone = seconds(two.get(1 - shorter)) - both;
        // what a much longer one did meanwhile would be a small difference of long times
        List<ExecutionResult> like = both < alone ? List.of(one.get(shorter)) : one;
        Metered of = new Metered();
        like.forEach(of::add);
        if (!of.tells()) {
            return;
        }
        double atOnce = like.size() * both;
        // two processors are never reckoned as less than one
        double work = Math.max(atOnce / 2, of.seconds - (like.size() == 1 ? 0 : alone));
        compared.add(new Compared(of, work, atOnce));
    }

    private boolean counts(ExecutionResult result) {
        return result.trace().status() == Status.OK && result.pause() == null && priced.test(result);
    }

    private static double seconds(ExecutionResult result) {
        return seconds(result.trace().wallClock());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

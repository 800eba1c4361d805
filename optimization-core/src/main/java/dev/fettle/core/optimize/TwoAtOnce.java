package dev.fettle.core.optimize;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.concurrent.SideBySide;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * By how much computing is slower while two runs go at once than while one does. Two processors are often less than two: they
 * share caches and memory, are two threads of one core, or are lent by a busy host.
 */
final class TwoAtOnce {
    /** One after the other, and at once. */
    static final int RUNS_OF_A_ROUND = 4;

    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 6;

    /** Part of a run in which it computes, below which two of them hardly meet. */
    private static final double COMPUTING = 0.6;

    /** Processors that work for one run, above which two ask for more than there are, however fast these are. */
    private static final double SEVERAL = 1.1;

    private double alone;
    private double together;
    private double computed;
    private double metered;

    private TwoAtOnce() {}

    /** How many rounds are worth while for so many inputs. */
    static int rounds(int inputs) {
        return Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, inputs));
    }

    /**
     * Makes runs of two inputs in turn one after the other and at once.
     *
     * @param run runs the input of this index, from any thread; indices may exceed the number of inputs
     * @param ended hears of each round that has ended, counted from 1
     * @return empty where runs hardly compute, use several processors, cost something or fail
     */
    static OptionalDouble slowdown(IntFunction<ExecutionResult> run, int rounds, IntConsumer ended) {
        TwoAtOnce measurement = new TwoAtOnce();
        for (int round = 0; round < rounds; round++) {
            if (!measurement.round(run, 2 * round)
                    || measurement.share() < COMPUTING
                    || measurement.share() > SEVERAL) {
                return OptionalDouble.empty();
            }
            ended.accept(round + 1);
        }
        // of the whole run only the computing is slowed
        double share = Math.min(1, measurement.share());
        double slower = measurement.together / measurement.alone;
        return OptionalDouble.of(Math.max(1, (slower - 1 + share) / share));
    }

    /** Whether all runs of the round succeeded and cost nothing; those at once are made only if the first two did. */
    private boolean round(IntFunction<ExecutionResult> run, int index) {
        List<ExecutionResult> one = List.of(run.apply(index), run.apply(index + 1));
        if (!one.stream().allMatch(TwoAtOnce::succeeded)) {
            return false;
        }
        List<ExecutionResult> two = SideBySide.of(List.of(() -> run.apply(index), () -> run.apply(index + 1)), 2);
        for (ExecutionResult result : one) {
            metered += seconds(result.trace().wallClock());
            for (NodeOccurrence occurrence : result.trace().occurrences()) {
                Duration cpu = occurrence.cpu();
                computed += cpu == null ? 0 : seconds(cpu);
            }
        }
        // the longer one goes on alone when the other has ended
        int shorter = seconds(two.get(0).trace().wallClock())
                        <= seconds(two.get(1).trace().wallClock())
                ? 0
                : 1;
        alone += seconds(one.get(shorter).trace().wallClock());
        together += seconds(two.get(shorter).trace().wallClock());
        return two.stream().allMatch(TwoAtOnce::succeeded);
    }

    /** Processors that worked for a run in the mean of its time. */
    private double share() {
        return metered > 0 ? computed / metered : 0;
    }

    private static boolean succeeded(ExecutionResult result) {
        return result.trace().status() == Status.OK && result.pause() == null && result.spentUsd() == 0;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

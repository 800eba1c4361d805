package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.estimate.Interference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TwoAtOnceTest {
    private static final Runs EQUALLY_SLOWED = new Runs(1, 2, 1.4, 1.4, 1);

    /** Occurrences of a run, one after the other. */
    private static final int PARTS = 1000;

    private final CyclicBarrier both = new CyclicBarrier(2);
    private final List<Integer> ended = new ArrayList<>();
    private int runs;
    private double usdPerRun;
    private boolean priced = true;

    /**
     * Runs that take longer where another goes on.
     *
     * @param even seconds of a run of an even input alone
     * @param odd the same of an odd one
     * @param evenSlowed in times of the time alone, how long its computing takes beside another
     * @param oddSlowed the same of an odd one
     * @param evenShare of a run of an even input, how much is computing
     * @param oddShare the same of an odd one
     */
    private record Runs(
            double even, double odd, double evenSlowed, double oddSlowed, double evenShare, double oddShare) {
        Runs(double even, double odd, double evenSlowed, double oddSlowed, double share) {
            this(even, odd, evenSlowed, oddSlowed, share, share);
        }

        Runs times(double length) {
            return new Runs(even * length, odd * length, evenSlowed, oddSlowed, evenShare, oddShare);
        }

        double alone(int index) {
            return index % 2 == 0 ? even : odd;
        }

        /** Of a whole run, whose computing is slowed while the other computes. */
        double slowed(int index) {
            double computing = index % 2 == 0 ? evenSlowed : oddSlowed;
            return 1 + share(index) * (computing - 1) * share(index + 1);
        }

        double share(int index) {
            return index % 2 == 0 ? evenShare : oddShare;
        }

        /** When so many seconds of a run are done that begins beside another; the longer goes on alone in the end. */
        double atOnce(int index, double done) {
            double other = alone(index + 1) * slowed(index + 1);
            double together = other / slowed(index);
            return done <= together ? done * slowed(index) : other + done - together;
        }
    }

    /** In turn two come alone, four meet, and two come alone. */
    private ExecutionResult run(int index, Runs of, Status status) {
        boolean alone;
        synchronized (this) {
            alone = (runs++ + 2) % 8 < 4;
        }
        if (!alone) {
            meet();
        }
        List<NodeOccurrence> occurrences = new ArrayList<>();
        double end = 0;
        for (int part = 1; part <= PARTS; part++) {
            double start = end;
            double done = of.alone(index) * part / PARTS;
            end = alone ? done : of.atOnce(index, done);
            occurrences.add(NodeOccurrence.builder(String.valueOf(part), "compute")
                    .start(duration(start))
                    .duration(duration(end - start))
                    .cpu(duration(of.share(index) * of.alone(index) / PARTS))
                    .build());
        }
        ExecutionTrace trace = new ExecutionTrace(
                "run", "flow", Instant.EPOCH, duration(end), status, true, null, Map.of(), occurrences);
        return new ExecutionResult(trace, Map.of(), Map.of(), null, List.of(), null, 0, usdPerRun);
    }

    private void meet() {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private synchronized double spentUsd() {
        return runs * usdPerRun;
    }

    private TwoAtOnce atMost(double maxUsd) {
        runs = 0;
        ended.clear();
        return new TwoAtOnce(this::spentUsd, maxUsd, result -> priced);
    }

    private OptionalDouble slowdown(IntFunction<ExecutionResult> run) {
        Interference interference = atMost(5).interference(run, ended::add);
        return interference.equals(Interference.NONE) ? OptionalDouble.empty() : OptionalDouble.of(interference.mean());
    }

    private OptionalDouble slowdown(Runs of) {
        return slowdown(index -> run(index, of, Status.OK));
    }

    @Test
    void tellsHowMuchSlowerComputingIsWhileBothRun() {
        assertThat(slowdown(EQUALLY_SLOWED.times(2)).orElseThrow()).isCloseTo(1.4, within(1e-3));
        assertThat(runs).isEqualTo(TwoAtOnce.LEAST_ROUNDS * TwoAtOnce.RUNS_OF_A_ROUND);
        assertThat(ended).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatBothDidMeanwhileCounts() {
        double together = 2 / (1 / 1.2 + 1 / 1.6);
        assertThat(slowdown(new Runs(1, 1.5, 1.2, 1.6, 1)).orElseThrow()).isCloseTo(together, within(1e-3));
        assertThat(slowdown(new Runs(1.5, 1, 1.2, 1.6, 1)).orElseThrow()).isCloseTo(together, within(1e-3));
    }

    @Test
    void whereOneIsMuchLongerTheOtherTells() {
        assertThat(slowdown(new Runs(1, 9, 1.2, 1.6, 1)).orElseThrow()).isCloseTo(1.2, within(1e-3));
        assertThat(slowdown(new Runs(9, 1, 1.2, 1.6, 1)).orElseThrow()).isCloseTo(1.6, within(1e-3));
        assertThat(slowdown(new Runs(1, 9, 1.6, 1.6, 1, 0.6)).orElseThrow()).isCloseTo(1.6, within(1e-3));
    }

    @Test
    void saysNothingWhereTheShorterOfTwoUnlikeRunsTellsNothing() {
        assertThat(slowdown(new Runs(0.1, 9, 1.6, 1.6, 0.2, 1))).isEmpty();
        assertThat(slowdown(new Runs(0.005, 9, 1.6, 1.6, 1))).isEmpty();
        assertThat(ended).hasSize(TwoAtOnce.LEAST_ROUNDS);
    }

    @Test
    void shortRunsAreComparedMoreOften() {
        assertThat(slowdown(EQUALLY_SLOWED.times(0.05)).orElseThrow()).isCloseTo(1.4, within(1e-3));
        assertThat(ended).hasSize(20);
        // a round takes 1.5 s one after the other: the tenth reaches fifteen
        assertThat(slowdown(EQUALLY_SLOWED.times(0.5)).orElseThrow()).isCloseTo(1.4, within(1e-3));
        assertThat(ended).hasSize(10);
    }

    @Test
    void waitingIsNotCountedAsSlowed() {
        assertThat(slowdown(new Runs(1, 2, 1.5, 1.5, 0.8)).orElseThrow()).isCloseTo(1.5, within(1e-3));
    }

    @Test
    void saysNothingWhereRunsMostlyWaitOrFail() {
        assertThat(slowdown(new Runs(1, 2, 1.4, 1.4, 0.3))).isEmpty();
        assertThat(runs).isEqualTo(2);
        assertThat(slowdown(index -> run(index, EQUALLY_SLOWED, Status.ERROR))).isEmpty();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aRoundThatSomethingElseDisturbedDoesNotCount() {
        Runs disturbed = new Runs(1, 2, 9, 9, 1);
        OptionalDouble slowdown = slowdown(index -> run(index, index / 2 == 1 ? disturbed : EQUALLY_SLOWED, Status.OK));
        assertThat(slowdown.orElseThrow()).isCloseTo(1.4, within(1e-3));
    }

    @Test
    void longRoundsCountForMoreAndTheOuterOnesForNothing() {
        List<Runs> rounds = List.of(
                slowed(1.1).times(2),
                slowed(1.2).times(2),
                slowed(1.6).times(6),
                slowed(1.7).times(2));
        OptionalDouble slowdown = slowdown(index -> run(index, rounds.get(index / 2), Status.OK));
        assertThat(slowdown.orElseThrow()).isCloseTo((1.2 * 2 + 1.6 * 6) / 8, within(1e-3));
    }

    @Test
    void anEighthOfManyRoundsIsLeftOutAtEachEnd() {
        List<Integer> fast = List.of(3, 4);
        List<Integer> disturbed = List.of(8, 19);
        OptionalDouble slowdown = slowdown(index -> {
            int round = index / 2;
            double slowed = fast.contains(round) ? 1 : disturbed.contains(round) ? 9 : 1.4;
            return run(index, slowed(slowed).times(0.05), Status.OK);
        });
        assertThat(ended).hasSize(20);
        assertThat(slowdown.orElseThrow()).isCloseTo(1.4, within(1e-3));
    }

    @Test
    void twoRoundsThatTellAreTooFew() {
        Runs silent = new Runs(0.1, 9, 1.6, 1.6, 0.2, 1);
        assertThat(slowdown(index -> run(index, index < 4 ? EQUALLY_SLOWED : silent, Status.OK)))
                .isEmpty();
        assertThat(slowdown(index -> run(index, index < 6 ? EQUALLY_SLOWED : silent, Status.OK)))
                .isPresent();
    }

    private static Runs slowed(double slowed) {
        return new Runs(1, 2, slowed, slowed, 1);
    }

    @Test
    void saysNothingWhereRunsAreVeryShort() {
        assertThat(slowdown(EQUALLY_SLOWED.times(0.001))).isEmpty();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void isAffordableWhereTheLeastRoundsStayWithinACentAndAHundredthOfWhatIsLeftEvenWhenDearer() {
        assertThat(atMost(5).isAffordable(0.0004)).isTrue();
        assertThat(atMost(5).isAffordable(0.00042)).isFalse();
        assertThat(atMost(0.5).isAffordable(0.0002)).isTrue();
        assertThat(atMost(0.5).isAffordable(0.00021)).isFalse();
        assertThat(atMost(0).isAffordable(0)).isTrue();
        assertThat(atMost(5).isAffordable(Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void beginsNoRoundThatWouldPassWhatMayBeSpent() {
        usdPerRun = 0.00049;
        assertThat(slowdown(EQUALLY_SLOWED.times(0.05)).orElseThrow()).isCloseTo(1.4, within(1e-3));
        assertThat(ended).hasSize(5);
        usdPerRun = 0.00062;
        assertThat(slowdown(EQUALLY_SLOWED.times(0.05)).orElseThrow()).isCloseTo(1.4, within(1e-3));
        assertThat(ended).hasSize(4);
        usdPerRun = 0.003;
        assertThat(slowdown(EQUALLY_SLOWED.times(0.05))).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void beginsNoFurtherRunWhereNobodyKnowsWhatOneCost() {
        priced = false;
        assertThat(slowdown(EQUALLY_SLOWED)).isEmpty();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void saysNothingOfTheMachineWhereOneRunUsesAllOfIt() {
        assertThat(slowdown(new Runs(1, 2, 2, 2, 2))).isEmpty();
    }

    @Test
    void runsThatFailEndTheMeasuringAndNothingElse() {
        for (RuntimeException thrown :
                List.of(new IllegalStateException("busy"), new FettleException(ErrorCode.LIMIT, "enough"))) {
            for (int round = 0; round < TwoAtOnce.LEAST_ROUNDS; round++) {
                int first = 2 * round;
                assertThat(slowdown(index -> failingFrom(first, index, thrown))).isEmpty();
                assertThat(ended).hasSize(round);
            }
        }
        FettleException defect = new FettleException(ErrorCode.INTERNAL, "a defect");
        assertThatThrownBy(() -> slowdown(index -> failingFrom(1, index, defect)))
                .hasMessageContaining("a defect");
    }

    @Test
    void runsThatCannotGoOnAtOnceEndTheMeasuringAndNothingElse() {
        assertThat(slowdown(index -> {
                    if (runs >= 2) {
                        throw new IllegalStateException("busy");
                    }
                    return run(index, EQUALLY_SLOWED, Status.OK);
                }))
                .isEmpty();
    }

    @Test
    void whatWasMeasuredBeforeAFurtherRoundFailedCounts() {
        IllegalStateException thrown = new IllegalStateException("busy");
        assertThat(slowdown(index -> failingFrom(10, index, thrown)).orElseThrow())
                .isCloseTo(1.4, within(1e-3));
        assertThat(ended).hasSize(5);
    }

    private ExecutionResult failingFrom(int first, int index, RuntimeException thrown) {
        if (index >= first) {
            throw thrown;
        }
        return run(index, EQUALLY_SLOWED.times(0.05), Status.OK);
    }
}

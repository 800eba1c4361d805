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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class TwoAtOnceTest {
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final List<Integer> ended = new ArrayList<>();
    private int runs;
    private double usdPerRun;

    /** A run that takes longer where another goes on: in turn two come alone, four meet, and two come alone. */
    private ExecutionResult run(int index, double length, double slowdown, double share, Status status) {
        boolean alone;
        synchronized (this) {
            alone = (runs++ + 2) % 8 < 4;
        }
        if (!alone) {
            meet();
        }
        // runs of odd inputs are longer, and go on alone
        double seconds = (index % 2 == 0 ? 1 : 3) * length;
        double slowed = share * slowdown + (1 - share);
        double wall = alone ? seconds : index % 2 == 0 ? slowed * length : seconds - length + slowed * length;
        NodeOccurrence occurrence = NodeOccurrence.builder("1", "compute")
                .duration(duration(wall))
                .cpu(duration(share * seconds))
                .build();
        ExecutionTrace trace = new ExecutionTrace(
                "run", "flow", Instant.EPOCH, duration(wall), status, true, null, Map.of(), List.of(occurrence));
        return new ExecutionResult(trace, Map.of(), Map.of(), null, List.of(), null, 0, usdPerRun);
    }

    private void meet() {
        try {
            both.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private OptionalDouble slowdown(double slowdown, double share, Status status) {
        return TwoAtOnce.slowdown(index -> run(index, 1, slowdown, share, status), ended::add);
    }

    @Test
    void tellsHowMuchSlowerComputingIsWhileBothRun() {
        assertThat(slowdown(1.4, 1, Status.OK).orElseThrow()).isCloseTo(1.4, within(1e-6));
        assertThat(runs).isEqualTo(TwoAtOnce.LEAST_ROUNDS * TwoAtOnce.RUNS_OF_A_ROUND);
        assertThat(ended).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shortRunsAreComparedMoreOften() {
        OptionalDouble slowdown = TwoAtOnce.slowdown(index -> run(index, 0.05, 1.4, 1, Status.OK), ended::add);
        assertThat(slowdown.orElseThrow()).isCloseTo(1.4, within(1e-6));
        assertThat(ended).hasSize(12);
    }

    @Test
    void waitingIsNotCountedAsSlowed() {
        assertThat(slowdown(1.5, 0.8, Status.OK).orElseThrow()).isCloseTo(1.5, within(1e-6));
    }

    @Test
    void saysNothingWhereRunsMostlyWaitOrFail() {
        assertThat(slowdown(1.4, 0.3, Status.OK)).isEmpty();
        assertThat(runs).isEqualTo(TwoAtOnce.RUNS_OF_A_ROUND);
        runs = 0;
        assertThat(slowdown(1.4, 1, Status.ERROR)).isEmpty();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aRoundThatSomethingElseDisturbedCountsForLittle() {
        OptionalDouble slowdown =
                TwoAtOnce.slowdown(index -> run(index, 1, index / 2 == 1 ? 9 : 1.4, 1, Status.OK), ended::add);
        assertThat(slowdown.orElseThrow()).isCloseTo(1.4, within(1e-6));
    }

    @Test
    void saysNothingWhereRunsAreVeryShort() {
        assertThat(TwoAtOnce.slowdown(index -> run(index, 0.001, 1.4, 1, Status.OK), ended::add))
                .isEmpty();
        assertThat(runs).isEqualTo(TwoAtOnce.RUNS_OF_A_ROUND);
    }

    @Test
    void spendsNoMoreThanACent() {
        usdPerRun = 0.0001;
        assertThat(TwoAtOnce.isAffordable(usdPerRun)).isTrue();
        assertThat(slowdown(1.4, 1, Status.OK).orElseThrow()).isCloseTo(1.4, within(1e-6));
        usdPerRun = 0.003;
        assertThat(TwoAtOnce.isAffordable(usdPerRun)).isFalse();
        runs = 0;
        assertThat(slowdown(1.4, 1, Status.OK)).isEmpty();
        assertThat(runs).isEqualTo(TwoAtOnce.RUNS_OF_A_ROUND);
    }

    @Test
    void saysNothingOfTheMachineWhereOneRunUsesAllOfIt() {
        assertThat(slowdown(2, 2, Status.OK)).isEmpty();
    }

    @Test
    void runsThatCannotGoOnAtOnceEndTheMeasuringAndNothingElse() {
        for (RuntimeException thrown :
                List.of(new IllegalStateException("busy"), new FettleException(ErrorCode.LIMIT, "enough"))) {
            assertThat(TwoAtOnce.slowdown(index -> failing(index, thrown), ended::add))
                    .isEmpty();
        }
        assertThatThrownBy(() -> TwoAtOnce.slowdown(
                        index -> failing(index, new FettleException(ErrorCode.INTERNAL, "a defect")), ended::add))
                .hasMessageContaining("a defect");
    }

    private ExecutionResult failing(int index, RuntimeException thrown) {
        if (index == 1) {
            throw thrown;
        }
        runs = 0;
        return run(index, 1, 1.4, 1, Status.OK);
    }
}

package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final long RUN = 1000;

    private long nanos;
    private long compiled;

    /** How many runs of {@code RUN} nanoseconds are made, if the compiler works so long in each. */
    private int runs(int least, int round, boolean mayGoOn, IntToLongFunction compiling) {
        WarmUp warmUp = new WarmUp(least, round, () -> nanos, () -> compiled);
        while (!warmUp.done(mayGoOn)) {
            nanos += RUN;
            compiled += compiling.applyAsLong(warmUp.runs());
            warmUp.ran();
        }
        return warmUp.runs();
    }

    @Test
    void makesTheRunsThatAreAskedForWhereNothingIsCompiled() {
        assertThat(runs(4, 8, true, run -> 0)).isEqualTo(4);
    }

    @Test
    void goesOnUntilTheCompilerHadLittleToDoForAWholeRound() {
        assertThat(runs(4, 2, true, run -> run < 6 ? 500 : 0)).isEqualTo(8);
        assertThat(runs(4, 3, true, run -> run < 6 ? 500 : 0)).isEqualTo(9);
    }

    @Test
    void oneQuietRunIsNoQuietRound() {
        assertThat(runs(4, 4, true, run -> run == 3 || run >= 5 ? 0 : 900)).isEqualTo(9);
    }

    @Test
    void doesNotGoOnForEver() {
        assertThat(runs(4, 2, true, run -> 900)).isEqualTo(12);
    }

    @Test
    void makesNoFurtherRunWhereItMayNot() {
        assertThat(runs(4, 2, false, run -> 900)).isEqualTo(4);
    }

    @Test
    void noneAskedForAreNone() {
        assertThat(runs(0, 2, true, run -> 900)).isZero();
    }
}

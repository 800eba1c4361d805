package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SharedProcessorsTest {
    private static final int[][] NO_NEEDS = {{}, {}};

    private static double[] ends(double processors, double[] seconds, double[] shares) {
        ReplaySettings settings = ReplaySettings.of(processors, 2);
        return SharedProcessors.run(new double[2], seconds, shares, NO_NEEDS, settings)
                .ends();
    }

    @Test
    void membersForWhichSeveralProcessorsWorkAskForAsMany() {
        double[] twice = {2, 2};
        assertThat(ends(4, twice, twice)).containsExactly(2, 2);
        assertThat(ends(2, twice, twice)).containsExactly(new double[] {4, 4}, within(1e-9));
    }

    @Test
    void waitingIsNotSlowedByThem() {
        assertThat(ends(1, new double[] {2, 3}, new double[] {2, 0}))
                .containsExactly(new double[] {4, 3}, within(1e-9));
    }

    @Test
    void aMemberGetsFasterWhenAnotherEnds() {
        // both at 2/3 of their speed for 3 s; then 1 s of work is left of the second, at full speed
        assertThat(ends(2, new double[] {2, 3}, new double[] {2, 1}))
                .containsExactly(new double[] {3, 4}, within(1e-9));
    }
}

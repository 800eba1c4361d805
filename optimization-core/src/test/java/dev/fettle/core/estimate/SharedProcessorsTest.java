package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedProcessorsTest {
    private static double[] ends(double processors, double[] seconds, double[] shares) {
        return ends(ReplaySettings.of(processors, 2), seconds, new Demands(shares, new double[] {1, 1}));
    }

    private static double[] ends(ReplaySettings settings, double[] seconds, Demands demands) {
        int[][] noNeeds = new int[seconds.length][0];
        return SharedProcessors.run(new double[seconds.length], seconds, demands, noNeeds, settings)
                .ends();
    }

    /** Of two processors that slow each other, with this many workers. */
    private static ReplaySettings disturbed(double workers) {
        return ReplaySettings.of(2, workers).with(new Interference(1.3, Map.of("node", 1.3)));
    }

    @Test
    void eachMemberIsSlowedByItsOwnMeasureWhileAnotherComputes() {
        // the first does 4/3 s of its work beside the second, and the rest alone
        assertThat(ends(disturbed(2), new double[] {2, 2}, new Demands(new double[] {1, 1}, new double[] {1.5, 1})))
                .containsExactly(new double[] {8.0 / 3, 2}, within(1e-9));
    }

    @Test
    void computingIsSlowedForThePartOfTheTimeInWhichTheOtherComputes() {
        assertThat(ends(disturbed(2), new double[] {2, 2}, new Demands(new double[] {0.6, 1}, new double[] {1.5, 1.5})))
                .containsExactly(new double[] {2.6, 2.6}, within(1e-9));
    }

    @Test
    void whatExceedsTheProcessorsIsSlowedBesides() {
        double[] slowed = {1.2, 1.2, 1.2};
        assertThat(ends(disturbed(3), new double[] {2, 2, 2}, new Demands(new double[] {1, 1, 1}, slowed)))
                .containsExactly(new double[] {3.6, 3.6, 3.6}, within(1e-9));
    }

    @Test
    void membersThatHardlyComputeDoNotMeet() {
        assertThat(ends(disturbed(2), new double[] {2, 2}, new Demands(new double[] {0.5, 0.5}, new double[] {1.5, 1.5
                })))
                .containsExactly(2, 2);
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

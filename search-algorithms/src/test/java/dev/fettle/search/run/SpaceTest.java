package dev.fettle.search.run;

import static dev.fettle.testkit.search.DistributionAssert.assertFrequencies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.Decision;
import dev.fettle.testkit.search.FunctionProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpaceTest {
    private final Space space = new Space(new FunctionProblem(
            List.of(
                    Decision.choice("kind", 5),
                    Decision.choice("fixed", 1),
                    Decision.integer("count", 0, 99),
                    Decision.real("share", 0, 1)),
            new int[4],
            false,
            candidate -> new double[] {0}));

    @Test
    void movesOnlyWhatHasAChoice() {
        assertThat(space.movable()).containsExactly(0, 2, 3);
    }

    @Test
    void drawsEachOtherOptionOfAChoiceEquallyOften() {
        SplitMix random = new SplitMix(1);
        long[] counts = new long[5];
        for (int i = 0; i < 40_000; i++) {
            counts[space.otherOption(0, 2, random.next())]++;
        }
        assertThat(counts[2]).isZero();
        assertFrequencies(
                new long[] {counts[0], counts[1], counts[3], counts[4]}, new double[] {0.25, 0.25, 0.25, 0.25}, 5);
    }

    @Test
    void movesNumbersOnEveryScaleAndNeverOutOfRange() {
        SplitMix random = new SplitMix(2);
        int small = 0;
        int large = 0;
        for (int i = 0; i < 20_000; i++) {
            int from = space.anyOption(3, random);
            int to = space.otherOption(3, from, random.next());
            assertThat(to).isBetween(0, space.options(3) - 1).isNotEqualTo(from);
            small += Math.abs(to - from) < 100 ? 1 : 0;
            large += Math.abs(to - from) > 100_000 ? 1 : 0;
        }
        assertThat(small).isGreaterThan(5000);
        assertThat(large).isGreaterThan(1500);
    }

    @Test
    void looksAtNumbersAtDoublingDistances() {
        assertThat(space.neighbours(2, 3)).containsExactlyInAnyOrder(2, 4, 1, 5, 7, 11, 19, 35, 67);
        assertThat(space.neighbours(0, 3)).containsExactly(0, 1, 2, 4);
    }
}

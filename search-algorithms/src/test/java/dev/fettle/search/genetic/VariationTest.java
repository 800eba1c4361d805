package dev.fettle.search.genetic;

import static dev.fettle.testkit.search.DistributionAssert.assertFrequencies;
import static dev.fettle.testkit.search.DistributionAssert.assertThatOverSeeds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import dev.fettle.testkit.search.SmallProblems;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VariationTest {
    private static final int SIZE = 20;
    private final Space space = new Space(SmallProblems.separable(1, SIZE, 3));

    @Test
    void aTournamentPrefersByRankAsThePaperSays() {
        SplitMix random = new SplitMix(1);
        int ranks = 8;
        int size = 3;
        long[] counts = new long[ranks];
        double[] expected = new double[ranks];
        for (int i = 0; i < 100_000; i++) {
            counts[Variation.tournament(ranks, size, random)]++;
        }
        for (int rank = 0; rank < ranks; rank++) {
            expected[rank] = Math.pow((double) (ranks - rank) / ranks, size)
                    - Math.pow((double) (ranks - rank - 1) / ranks, size);
        }
        assertFrequencies(counts, expected, 5);
    }

    @Test
    void uniformCrossoverTakesHalfFromEachParent() {
        assertThatOverSeeds(500, this::taken).hasMeanNear(SIZE / 2.0, 5);
    }

    @Test
    void segmentCrossoverTakesOneStretch() {
        for (long seed = 0; seed < 200; seed++) {
            int[] child = new int[SIZE];
            int[] other = new int[SIZE];
            Arrays.fill(other, 1);
            new Variation(space, new SplitMix(seed)).segment(child, other);
            long borders = IntStream.range(0, SIZE)
                    .filter(d -> child[d] != child[(d + 1) % SIZE])
                    .count();
            assertThat(borders).isEqualTo(2);
        }
    }

    @Test
    void mutationChangesTheExpectedNumberOfDecisions() {
        assertThatOverSeeds(1000, seed -> {
                    int[] child = new int[SIZE];
                    new Variation(space, new SplitMix(seed)).mutate(child, 2.5);
                    return IntStream.of(child).filter(option -> option > 0).count();
                })
                .hasMeanNear(2.5, 5);
    }

    private double taken(long seed) {
        int[] child = new int[SIZE];
        int[] other = new int[SIZE];
        Arrays.fill(other, 1);
        new Variation(space, new SplitMix(seed)).uniform(child, other);
        return IntStream.of(child).sum();
    }
}

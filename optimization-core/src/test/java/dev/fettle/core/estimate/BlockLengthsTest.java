package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockLengthsTest {
    private static final int ROOM = 1 << 16;

    private static BlockLengths of(int... states) {
        return new BlockLengths(ROOM, new int[] {0, 2}, new int[] {5, 7}, new int[] {0, 2}, states);
    }

    @Test
    void numbersEachCombinationOfTheClustersInTheTasksOnce() {
        BlockLengths lengths = of(3, 9, 4);
        Set<Long> numbers = new HashSet<>();
        for (int first = 0; first < 3; first++) {
            for (int last = 0; last < 4; last++) {
                long number = lengths.combination(new int[] {first, 0, last}, 0, first);
                assertThat(lengths.combination(new int[] {1, 8, last}, 0, first))
                        .isEqualTo(number);
                assertThat(lengths.combination(new int[] {first, 8, 0}, 2, last))
                        .isEqualTo(number);
                numbers.add(number);
            }
        }
        assertThat(numbers).hasSize(12);
    }

    @Test
    void remembersLengthsByCombination() {
        BlockLengths lengths = of(3, 9, 4);
        lengths.remember(5, new long[] {10, 20});
        assertThat(lengths.of(5)).containsExactly(10, 20);
        assertThat(lengths.of(6)).isNull();
    }

    @Test
    void remembersNothingWhereCombinationsAreTooManyToNumber() {
        BlockLengths lengths = of(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        BlockLengths more = new BlockLengths(ROOM, new int[] {0}, new int[] {5}, new int[] {0, 1, 2}, new int[] {
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE
        });
        long none = more.combination(new int[] {1, 2, 3}, 0, 1);
        assertThat(lengths.combination(new int[] {1, 0, 3}, 0, 1)).isPositive();
        assertThat(none).isNegative();
        more.remember(none, new long[] {1});
        assertThat(more.of(none)).isNull();
    }

    @Test
    void holdsALimitedNumberOfLengths() {
        BlockLengths lengths = of(1_000_000, 1, 4);
        int most = ROOM / 12;
        for (int i = 0; i < most; i++) {
            lengths.remember(i, new long[] {i, i});
        }
        assertThat(lengths.of(0)).containsExactly(0, 0);
        lengths.remember(most, new long[] {most, most});
        assertThat(lengths.of(0)).isNull();
        assertThat(lengths.of(most)).containsExactly(most, most);
    }

    @Test
    void tellsTheTasksWhoseLengthsTheyAre() {
        BlockLengths lengths = of(3, 9, 4);
        assertThat(lengths.areOf(new int[] {0, 2}, new int[] {5, 7})).isTrue();
        assertThat(lengths.areOf(new int[] {0, 2}, new int[] {5, 8})).isFalse();
        assertThat(lengths.areOf(new int[] {0, 1}, new int[] {5, 7})).isFalse();
    }
}

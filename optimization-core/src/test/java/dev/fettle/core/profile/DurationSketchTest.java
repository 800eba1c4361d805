package dev.fettle.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.profile.DurationSummary;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurationSketchTest {
    @Test
    void few_durations_are_exact() {
        DurationSketch sketch = new DurationSketch();
        for (int millis = 1; millis <= 20; millis++) {
            sketch.add(millis * 1_000_000L);
        }
        DurationSummary summary = sketch.summary();
        assertThat(summary.p50()).isEqualTo(Duration.ofMillis(10));
        assertThat(summary.p95()).isEqualTo(Duration.ofMillis(19));
        assertThat(summary.p99()).isEqualTo(Duration.ofMillis(20));
        assertThat(summary.mean()).isEqualTo(Duration.ofNanos(10_500_000));
    }

    @Test
    void quantiles_of_heavy_tails_from_microseconds_to_days_have_three_digits() {
        SplittableRandom random = new SplittableRandom(7);
        DurationSketch sketch = new DurationSketch();
        long[] all = new long[50_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) (1_000 / Math.pow(1 - random.nextDouble(), 2.2));
            sketch.add(all[i]);
        }
        Arrays.sort(all);
        DurationSummary summary = sketch.summary();
        assertClose(summary.p50(), all[24_999]);
        assertClose(summary.p95(), all[47_499]);
        assertClose(summary.p99(), all[49_499]);
    }

    private static void assertClose(Duration measured, long exact) {
        assertThat((double) measured.toNanos()).isCloseTo((double) exact, within(exact * 0.001));
    }

    @Test
    void absurd_durations_neither_overflow_nor_turn_negative() {
        DurationSketch sketch = new DurationSketch();
        for (int i = 0; i < 300; i++) {
            sketch.add(Long.MAX_VALUE);
            sketch.add(Long.MIN_VALUE);
        }
        assertThat(sketch.summary().total().isNegative()).isFalse();
        assertThat(sketch.summary().max()).isGreaterThan(Duration.ofDays(700));
    }
}

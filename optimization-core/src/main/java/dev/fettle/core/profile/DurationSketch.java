package dev.fettle.core.profile;

import dev.fettle.api.profile.DurationSummary;
import java.time.Duration;
import java.util.Arrays;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Durations in nanoseconds: count, sum and maximum exactly, quantiles exactly for few values and to three significant
 * digits for more. Merging gives the same state as adding all values to one sketch, in any order.
 *
 * <p>A quantile is the nearest rank: the smallest value that at least the wanted part of the values does not exceed.
 */
final class DurationSketch implements Mergeable<DurationSketch> {
    /** Values held as they are; beyond this a histogram takes over. */
    private static final int EXACT = 64;

    /** Longer durations count as this: two years, more than any workflow and still safe to add up. */
    private static final long HIGHEST = 1L << 56;

    private static final int DIGITS = 3;

    private long[] values = new long[4];
    private int held;
    private @Nullable PackedHistogram histogram;
    private long count;
    private long sum;
    private long max;

    void add(long nanos) {
        long value = Math.min(Math.max(nanos, 0), HIGHEST);
        count++;
        sum = saturatedSum(sum, value);
        max = Math.max(max, value);
        insert(value);
    }

    private void insert(long value) {
        PackedHistogram large = histogram;
        if (large == null && held == EXACT) {
            large = new PackedHistogram(HIGHEST, DIGITS);
            histogram = large;
            for (long earlier : values) {
                large.recordValue(earlier);
            }
            values = new long[0];
            held = 0;
        }
        if (large != null) {
            large.recordValue(value);
            return;
        }
        if (held == values.length) {
            values = Arrays.copyOf(values, Math.min(EXACT, 4 * held));
        }
        values[held++] = value;
    }

    @Override
    public void merge(DurationSketch other) {
        count += other.count;
        sum = saturatedSum(sum, other.sum);
        max = Math.max(max, other.max);
        if (other.histogram != null) {
            if (histogram == null) {
                long[] own = Arrays.copyOf(values, held);
                histogram = new PackedHistogram(HIGHEST, DIGITS);
                values = new long[0];
                held = 0;
                for (long value : own) {
                    histogram.recordValue(value);
                }
            }
            histogram.add(other.histogram);
        } else {
            for (int i = 0; i < other.held; i++) {
                insert(other.values[i]);
            }
        }
    }

    /** Sums of durations stay at the highest value instead of overflowing. */
    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    long count() {
        return count;
    }

    long sumNanos() {
        return sum;
    }

    DurationSummary summary() {
        if (count == 0) {
            return DurationSummary.NONE;
        }
        long[] quantiles = quantiles(0.50, 0.95, 0.99);
        return new DurationSummary(
                count,
                Duration.ofNanos(sum),
                Duration.ofNanos(Math.round((double) sum / count)),
                Duration.ofNanos(quantiles[0]),
                Duration.ofNanos(quantiles[1]),
                Duration.ofNanos(quantiles[2]),
                Duration.ofNanos(max));
    }

    /** The quantiles of these parts, which ascend. */
    private long[] quantiles(double... parts) {
        if (histogram != null) {
            return quantiles(histogram, parts);
        }
        long[] sorted = Arrays.copyOf(values, held);
        Arrays.sort(sorted);
        return Arrays.stream(parts)
                .mapToLong(part -> sorted[(int) rank(part, held) - 1])
                .toArray();
    }

    /** One walk from the smallest value up: the histogram's own search begins at zero each time. */
    private long[] quantiles(PackedHistogram histogram, double... parts) {
        long[] quantiles = new long[parts.length];
        long value = 0;
        long seen = histogram.getCountAtValue(0);
        for (int i = 0; i < parts.length; i++) {
            while (seen < rank(parts[i], count)) {
                value = value == 0 ? histogram.getMinNonZeroValue() : histogram.nextNonEquivalentValue(value);
                seen += histogram.getCountAtValue(value);
            }
            quantiles[i] = Math.min(max, histogram.medianEquivalentValue(value));
        }
        return quantiles;
    }

    /** How many values the quantile is at least, itself among them; at least 1. */
    private static long rank(double part, long values) {
        return (long) Math.max(1, Math.ceil(part * values - 1e-9));
    }
}

package dev.fettle.core.profile;

import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.special.Erf;

/**
 * Whether failures become more frequent over time: the Cochran-Armitage test for a trend in proportions (P. Armitage,
 * Biometrics 11, 1955), one-sided, over the runs in order of time. A run counts as failed when at least one occurrence of
 * the node failed in it.
 *
 * <p>Runs are kept as counts in bins of equal length of time. The length is the smallest power of two of milliseconds
 * that needs at most {@value #BINS} bins, so that the state depends on the set of runs alone. Runs within one bin count as
 * simultaneous; a bin's score is the mean rank of its runs.
 */
final class ErrorTrend implements Mergeable<ErrorTrend> {
    private static final int BINS = 48;
    private static final int MIN_RUNS = 10;
    private static final int MIN_FAILURES = 4;

    private final TreeMap<Long, Bin> bins = new TreeMap<>();
    private int widthBits;

    private static final class Bin {
        private long runs;
        private long failed;

        private void add(long moreRuns, long moreFailed) {
            runs += moreRuns;
            failed += moreFailed;
        }
    }

    void add(long epochMillis, boolean failed) {
        put(epochMillis >> widthBits, 1, failed ? 1 : 0);
        shrink();
    }

    @Override
    public void merge(ErrorTrend other) {
        while (widthBits < other.widthBits) {
            widen();
        }
        other.bins.forEach((start, bin) -> put(start >> (widthBits - other.widthBits), bin.runs, bin.failed));
        shrink();
    }

    private void put(long start, long runs, long failed) {
        bins.computeIfAbsent(start, absent -> new Bin()).add(runs, failed);
    }

    private void shrink() {
        while (bins.size() > BINS) {
            widen();
        }
    }

    private void widen() {
        Map<Long, Bin> narrow = new TreeMap<>(bins);
        bins.clear();
        widthBits++;
        narrow.forEach((start, bin) -> put(start >> 1, bin.runs, bin.failed));
    }

    /**
     * The chance to see so strong a rise if there were none; NaN with fewer than 10 runs, 4 failed runs or 4 that did not
     * fail.
     */
    double pValue() {
        long runs = 0;
        long failed = 0;
        for (Bin bin : bins.values()) {
            runs += bin.runs;
            failed += bin.failed;
        }
        if (runs < MIN_RUNS || failed < MIN_FAILURES || runs - failed < MIN_FAILURES) {
            return Double.NaN;
        }
        double rate = (double) failed / runs;
        double meanRank = (runs + 1) / 2.0;
        double statistic = 0;
        double spread = 0;
        long before = 0;
        for (Bin bin : bins.values()) {
            double score = before + (bin.runs + 1) / 2.0 - meanRank;
            statistic += score * (bin.failed - bin.runs * rate);
            spread += score * score * bin.runs;
            before += bin.runs;
        }
        if (!(spread > 0)) {
            return Double.NaN;
        }
        double z = statistic / Math.sqrt(rate * (1 - rate) * spread * runs / (runs - 1));
        return 0.5 * Erf.erfc(z / Math.sqrt(2));
    }
}

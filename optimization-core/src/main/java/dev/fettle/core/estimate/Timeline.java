package dev.fettle.core.estimate;

import java.util.List;

/**
 * Places items in time again after their lengths changed.
 *
 * <p>What had ended when an item started came before it and still does (the interval order of the record); the time between
 * the last such end and the start, the overhead of the runtime or work of its own, is kept. With the recorded lengths the
 * recorded times come out.
 */
final class Timeline {
    /** The length of an item that does not run: it takes no time, and the time before it is not spent. */
    static final double GONE = -1;

    final double[] starts;
    final double[] ends;

    /** From the start of what holds the items to its end. */
    final double length;

    private Timeline(double[] starts, double[] ends, double length) {
        this.starts = starts;
        this.ends = ends;
        this.length = length;
    }

    /**
     * @param items by start, then end; recorded times
     * @param byEnd their positions as {@link #byEnd} gives them
     * @param lengths seconds of each, or {@link #GONE}
     * @param start and {@code end}: recorded, of what holds the items
     * @return times since the start of what holds the items
     */
    static Timeline of(List<Step.Item> items, int[] byEnd, double[] lengths, double start, double end) {
        int n = items.size();
        double[] starts = new double[n];
        double[] ends = new double[n];
        double recordedBasis = start;
        double basis = 0;
        int done = 0;
        for (int i = 0; i < n; i++) {
            Step.Item item = items.get(i);
            while (done < n && byEnd[done] < i && items.get(byEnd[done]).end() <= item.start()) {
                recordedBasis = Math.max(recordedBasis, items.get(byEnd[done]).end());
                basis = Math.max(basis, ends[byEnd[done]]);
                done++;
            }
            boolean gone = lengths[i] < 0;
            starts[i] = gone ? basis : basis + (item.start() - recordedBasis);
            ends[i] = gone ? basis : starts[i] + lengths[i];
        }
        for (; done < n; done++) {
            recordedBasis = Math.max(recordedBasis, items.get(byEnd[done]).end());
            basis = Math.max(basis, ends[byEnd[done]]);
        }
        return new Timeline(starts, ends, Math.max(0, basis + (end - recordedBasis)));
    }

    /** Positions by recorded end. Insertion sort: items by start are nearly sorted by end. */
    static int[] byEnd(List<Step.Item> items) {
        int[] sorted = new int[items.size()];
        for (int i = 0; i < sorted.length; i++) {
            int position = i;
            while (position > 0
                    && items.get(sorted[position - 1]).end() > items.get(i).end()) {
                sorted[position] = sorted[position - 1];
                position--;
            }
            sorted[position] = i;
        }
        return sorted;
    }
}

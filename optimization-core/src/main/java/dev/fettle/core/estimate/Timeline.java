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

    /** Positions of the items by recorded end. */
    private final int[] byEnd;

    /** By item: how many of these came before it. */
    private final int[] before;

    /** By item: recorded time between the last end before it and its start. */
    private final double[] delays;

    /** Recorded time behind the last end. */
    private final double tail;

    /**
     * @param items by start, then end; recorded times
     * @param start and {@code end}: recorded, of what holds the items
     */
    Timeline(List<Step.Item> items, double start, double end) {
        int n = items.size();
        byEnd = byEnd(items);
        before = new int[n];
        delays = new double[n];
        double basis = start;
        int done = 0;
        for (int i = 0; i < n; i++) {
            Step.Item item = items.get(i);
            while (done < n && byEnd[done] < i && items.get(byEnd[done]).end() <= item.start()) {
                basis = Math.max(basis, items.get(byEnd[done++]).end());
            }
            before[i] = done;
            delays[i] = item.start() - basis;
        }
        tail = end - (n == 0 ? start : Math.max(basis, items.get(byEnd[n - 1]).end()));
    }

    /**
     * @param lengths seconds of each item, or {@link #GONE}
     * @param starts of the items, which are set, since the start of what holds them
     * @return from the start of what holds the items to its end
     */
    double place(double[] lengths, double[] starts) {
        int n = delays.length;
        double[] ends = new double[n];
        double basis = 0;
        int done = 0;
        for (int i = 0; i < n; i++) {
            for (; done < before[i]; done++) {
                basis = Math.max(basis, ends[byEnd[done]]);
            }
            boolean gone = lengths[i] < 0;
            starts[i] = gone ? basis : basis + delays[i];
            ends[i] = gone ? basis : starts[i] + lengths[i];
        }
        for (; done < n; done++) {
            basis = Math.max(basis, ends[byEnd[done]]);
        }
        return Math.max(0, basis + tail);
    }

    /** Insertion sort: items by start are nearly sorted by end. */
    private static int[] byEnd(List<Step.Item> items) {
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

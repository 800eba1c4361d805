package dev.fettle.core.estimate;

/**
 * The longest path that ends with each task, where each task has a length. What a change of length moves is computed only
 * when it is asked for, and only as far: questions along the order of the tasks cost next to nothing between changes.
 *
 * <p>A change is carried on along the numbers of the tasks up to the farthest one concerned, which is faster than to look
 * for the concerned ones among them, except for joins, which may lie far behind everything else. Lengths are whole numbers,
 * so that no order of changes makes a difference.
 */
final class LongestPaths {
    private static final int MASK = (1 << Precedence.BITS) - 1;
    private static final int SECOND = Precedence.BITS;
    private static final int THIRD = 2 * Precedence.BITS;
    private static final int FOURTH = 3 * Precedence.BITS;
    private static final int NONE = Integer.MAX_VALUE;

    private final Precedence precedence;

    /** Of each task, up to date before {@code next}; behind them 0, for what nothing comes before. */
    private final long[] values;

    private final long[] lengths;

    /** The first task whose value may be out of date. */
    private int next = NONE;

    /** The last task known to be concerned, joins aside. */
    private int far;

    /** Joins known to be concerned, as bits. */
    private long joins;

    LongestPaths(Precedence precedence) {
        this.precedence = precedence;
        values = new long[precedence.size + 1];
        lengths = new long[precedence.size];
    }

    /** Sets all lengths. */
    void fill(long[] all) {
        System.arraycopy(all, 0, lengths, 0, lengths.length);
        next = 0;
        far = lengths.length - 1;
        joins = 0;
    }

    /** Changes one length. */
    void set(int task, long length) {
        long longer = length - lengths[task];
        lengths[task] = length;
        if (task >= next) {
            far = Math.max(far, task);
            return;
        }
        // what comes before is up to date, so this task is too
        values[task] += longer;
        far = Math.max(next == NONE ? task : far, precedence.farthest[task]);
        joins |= precedence.joinsBehind[task];
        next = task + 1;
    }

    long length(int task) {
        return lengths[task];
    }

    /** The longest path that ends with a task. */
    long to(int task) {
        if (next <= task) {
            carryOn(task);
        }
        return values[task];
    }

    /** The longest path that ends with the last task; brings all up to date. */
    long toLast() {
        int last = lengths.length - 1;
        if (next <= last) {
            carryOn(last);
        }
        return values[last];
    }

    /** Makes the values up to a task those that the lengths give. */
    private void carryOn(int wanted) {
        long[] ends = values;
        long[] own = lengths;
        long[] few = precedence.few;
        int[] farthest = precedence.farthest;
        long[] joinsBehind = precedence.joinsBehind;
        int task = next;
        int concerned = far;
        long waiting = joins;
        while (task <= wanted) {
            int stop = Math.min(concerned, wanted);
            for (; task <= stop; task++) {
                long end = before(ends, few[task], task) + own[task];
                if (end != ends[task]) {
                    ends[task] = end;
                    concerned = Math.max(concerned, farthest[task]);
                    stop = Math.min(concerned, wanted);
                    waiting |= joinsBehind[task];
                }
            }
            if (task > concerned) {
                // nothing is concerned from here to the next join; those that were passed are done
                while (waiting != 0 && precedence.joins[Long.numberOfTrailingZeros(waiting)] < task) {
                    waiting &= waiting - 1;
                }
                task = waiting == 0 ? NONE : precedence.joins[Long.numberOfTrailingZeros(waiting)];
                concerned = task;
            }
        }
        next = task;
        far = concerned;
        joins = waiting;
    }

    private long before(long[] ends, long few, int task) {
        if (few < 0) {
            return beforeAll(task);
        }
        long one = Math.max(ends[(int) few & MASK], ends[(int) (few >> SECOND) & MASK]);
        long other = Math.max(ends[(int) (few >> THIRD) & MASK], ends[(int) (few >> FOURTH) & MASK]);
        return Math.max(one, other);
    }

    private long beforeAll(int task) {
        int from = precedence.starts[task];
        int to = precedence.starts[task + 1];
        long latest = from == to ? 0 : Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            latest = Math.max(latest, values[precedence.all[i]]);
        }
        return latest;
    }
}

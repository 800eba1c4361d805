package dev.fettle.ingest.assemble;

import dev.fettle.ingest.span.Span;
import java.time.Duration;

/**
 * Times within a trace. The origin is the earliest start. A span that never ended is taken to last until the last end of
 * what is inside it.
 */
final class TraceTimes {
    private final SpanTree tree;
    private final long[] ends;
    private final long origin;
    private final long length;
    private final boolean unfinished;

    TraceTimes(SpanTree tree) {
        this.tree = tree;
        ends = new long[tree.size()];
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        boolean open = false;
        long[] below = new long[tree.size()];
        for (int i = tree.size() - 1; i >= 0; i--) {
            Span span = tree.span(i);
            Long end = span.endNanos();
            ends[i] = end == null ? Math.max(span.startNanos(), below[i]) : end;
            open |= end == null;
            int parent = tree.parent(i);
            if (parent >= 0) {
                below[parent] = Math.max(below[parent], Math.max(ends[i], below[i]));
            }
            first = Math.min(first, span.startNanos());
            last = Math.max(last, ends[i]);
        }
        origin = first;
        length = last - first;
        unfinished = open;
    }

    long originNanos() {
        return origin;
    }

    long lengthNanos() {
        return length;
    }

    /** Whether a span has no end. */
    boolean unfinished() {
        return unfinished;
    }

    /** Start of a span since the origin. */
    Duration start(int position) {
        return Duration.ofNanos(tree.span(position).startNanos() - origin);
    }

    Duration duration(int position) {
        return Duration.ofNanos(ends[position] - tree.span(position).startNanos());
    }
}

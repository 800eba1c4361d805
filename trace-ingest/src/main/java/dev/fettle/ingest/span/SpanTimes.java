package dev.fettle.ingest.span;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Start and end of a span, checked: between 1990 and 2200, the end not before the start, at most 30 days apart.
 *
 * @param endNanos null for a span that never ended
 */
record SpanTimes(long startNanos, @Nullable Long endNanos) {
    private static final long EARLIEST = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long LONGEST = Duration.ofDays(30).toNanos();

    static SpanTimes of(SpanDraft draft) throws BadSpanException {
        Long start = draft.startNanos();
        if (start == null || start == 0) {
            throw new BadSpanException(in(draft) + " has no start time; expected nanoseconds since 1970 or ISO-8601");
        }
        if (start < EARLIEST || start > LATEST) {
            throw new BadSpanException(
                    in(draft) + " starts at (" + start + " ns since 1970); expected a time between 1990 and 2200");
        }
        Long end;
        try {
            end = draft.endOrDuration();
        } catch (ArithmeticException overflow) {
            throw new BadSpanException(in(draft) + " lasts too long; expected at most 30 days");
        }
        if (end == null || end == 0) {
            return new SpanTimes(start, null);
        }
        if (end < start) {
            throw new BadSpanException(in(draft) + " ends before it starts (" + start + " ns to " + end
                    + " ns); expected the end at or after the start");
        }
        if (end - start > LONGEST) {
            throw new BadSpanException(in(draft) + " lasts ("
                    + Duration.ofNanos(end - start).toDays() + " days); expected at most 30 days");
        }
        return new SpanTimes(start, end);
    }

    private static String in(SpanDraft draft) {
        return "the span (" + Ids.printable(draft.name()) + ")";
    }
}

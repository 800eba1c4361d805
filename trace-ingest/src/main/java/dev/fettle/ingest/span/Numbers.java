package dev.fettle.ingest.span;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as telemetry records them: as numbers or as text. */
final class Numbers {
    private static final int MAX_DIGITS = 40;

    /** More tokens than any call can have: a larger count is a defect of the recorder. */
    private static final long MAX_COUNT = 1_000_000_000_000L;

    private Numbers() {}

    static @Nullable Double finite(@Nullable Object value) {
        Double number = null;
        if (value instanceof Number n) {
            number = n.doubleValue();
        } else if (value instanceof String text && text.length() <= MAX_DIGITS) {
            try {
                number = Double.valueOf(text.strip());
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }
        return number == null || !Double.isFinite(number) ? null : number;
    }

    static @Nullable Long count(@Nullable Object value) {
        Long count = null;
        if (value instanceof Long n) {
            count = n;
        } else if (value instanceof Double n) {
            count = whole(n);
        } else if (value instanceof String text && text.length() <= MAX_DIGITS) {
            try {
                count = whole(new BigDecimal(text.strip()).doubleValue());
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }
        return count == null || count < 0 || count > MAX_COUNT ? null : count;
    }

    private static @Nullable Long whole(double value) {
        return Double.isFinite(value) && Math.abs(value) <= MAX_COUNT && value == Math.rint(value)
                ? (long) value
                : null;
    }
}

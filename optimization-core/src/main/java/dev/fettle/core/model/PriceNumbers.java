package dev.fettle.core.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers in price files. */
final class PriceNumbers {
    /** Beyond this a price, speed or context is a mistake. */
    static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000_000_000L);

    private static final int MAX_LENGTH = 40;
    private static final int MAX_SCALE = 40;

    private PriceNumbers() {}

    /** The number; null where the text is none, or not from 0 to the highest allowed. */
    static @Nullable BigDecimal parse(String text, @Nullable BigDecimal most) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.trim());
            boolean sane = Math.abs(number.scale()) <= MAX_SCALE
                    && number.signum() >= 0
                    && number.compareTo(most == null ? HIGHEST : most) <= 0;
            return sane ? number : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }
}

package dev.fettle.api.evidence;

import dev.fettle.api.Stable;
import dev.fettle.api.profile.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Figures in the text of evidence. */
@Stable
public final class Figures {
    private Figures() {}

    /** Three significant digits, without trailing zeros. */
    public static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
        return BigDecimal.valueOf(value)
                .setScale(Math.min(decimals, 9), RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    public static String seconds(double value) {
        return number(value) + " s";
    }

    public static String seconds(Duration value) {
        return seconds(inSeconds(value));
    }

    public static double inSeconds(Duration value) {
        return value.toNanos() / 1e9;
    }

    /** As in {@code 3 of 20 (95 % interval 0.05-0.36)}. */
    public static String rate(Rate rate) {
        return rate.successes() + " of " + rate.trials() + " (95 % interval " + interval(rate.low(), rate.high()) + ")";
    }

    public static String interval(double low, double high) {
        return String.format(Locale.ROOT, "%.2f-%.2f", low, high);
    }

    /** As in {@code 1 run} or {@code 2 runs}. */
    public static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}

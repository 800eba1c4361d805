package dev.fettle.core.detect;

import java.time.Duration;
import java.util.Locale;

/** Figures in sentences for people. */
final class Figures {
    private Figures() {}

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /** As in {@code 12.3 %}. */
    static String percent(double part) {
        double percent = 100 * part;
        String form = percent != 0 && Math.abs(percent) < 0.1 ? "%.2g %%" : "%.1f %%";
        return String.format(Locale.ROOT, form, percent);
    }

    /** As in {@code 1.25 s} or {@code 30.5 ms}. */
    static String time(double seconds) {
        double size = Math.abs(seconds);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        if (size >= 1) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        return size >= 1e-3
                ? String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds)
                : String.format(Locale.ROOT, "%.3g us", 1e6 * seconds);
    }

    static String usd(double usd) {
        return String.format(Locale.ROOT, usd >= 1 ? "%.2f USD" : "%.2g USD", usd);
    }

    /** As in {@code 3 runs}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}

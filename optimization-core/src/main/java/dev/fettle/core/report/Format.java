package dev.fettle.core.report;

import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.profile.DurationSummary;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. What is not a number is shown as a dash. */
final class Format {
    private static final String NOTHING = "–";
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Format() {}

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    static String duration(Duration duration) {
        return duration(seconds(duration));
    }

    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NOTHING;
        }
        double size = Math.abs(seconds);
        if (size >= HOUR) {
            return format("%.1f h", seconds / HOUR);
        }
        if (size >= 2 * MINUTE) {
            return format("%.1f min", seconds / MINUTE);
        }
        if (size >= 1) {
            return three(seconds) + " s";
        }
        if (size >= 1e-3) {
            return three(seconds * 1e3) + " ms";
        }
        return size == 0 ? "0 s" : three(seconds * 1e6) + " µs";
    }

    /** The mean; a dash where nothing was timed. */
    static String mean(DurationSummary summary) {
        return summary.count() == 0 ? NOTHING : duration(summary.mean());
    }

    /** The 95th percentile; a dash where nothing was timed. */
    static String p95(DurationSummary summary) {
        return summary.count() == 0 ? NOTHING : duration(summary.p95());
    }

    /** How much less of a metric there is, with its sign; a dash where that is not known. */
    static String change(MetricEstimate metric) {
        if (!(metric.before() > 0) || !Double.isFinite(metric.after())) {
            return NOTHING;
        }
        double saving = metric.saving();
        return (saving >= 0.0005 ? "−" : saving <= -0.0005 ? "+" : "±") + percent(Math.abs(saving));
    }

    /** A count and what is counted, as in {@code 1 node} and {@code 2 nodes}. */
    static String plural(long count, String word) {
        return count(count) + " " + word + (count == 1 ? "" : "s");
    }

    static String usd(double usd) {
        if (!Double.isFinite(usd)) {
            return NOTHING;
        }
        if (usd == 0) {
            return "$0";
        }
        double size = Math.abs(usd);
        return format(size >= 1 ? "$%.2f" : size >= 0.01 ? "$%.4f" : size >= 1e-5 ? "$%.6f" : "$%.9f", usd);
    }

    static String percent(double part) {
        if (!Double.isFinite(part)) {
            return NOTHING;
        }
        double percent = Math.abs(part) < 0.0005 ? 0 : part * 100;
        return format(Math.abs(percent) >= 9.95 || percent == Math.rint(percent) ? "%.0f %%" : "%.1f %%", percent);
    }

    static String factor(double factor) {
        return Double.isFinite(factor) ? format("%.2f×", factor) : NOTHING;
    }

    static String count(long count) {
        return format("%,d", count);
    }

    /** A plain number with at most four significant digits. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? count((long) value) : format("%.4g", value);
    }

    /** A value of a metric, in the unit that its name says. */
    static String metric(String metric, double value) {
        String name = metric.toLowerCase(Locale.ROOT);
        if (name.endsWith("seconds")) {
            return duration(value);
        }
        if (name.endsWith("usd")) {
            return usd(value);
        }
        if (name.endsWith("rate") || name.endsWith("share")) {
            return percent(value);
        }
        return number(value);
    }

    /** The ends of an interval of a metric. */
    static String interval(String metric, double low, double high) {
        return Double.isFinite(low) && Double.isFinite(high)
                ? metric(metric, low) + " to " + metric(metric, high)
                : "no interval";
    }

    private static String three(double value) {
        double size = Math.abs(value);
        return format(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

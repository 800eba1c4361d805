package dev.fettle.core.report;

import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The verdict, with intervals drawn. */
final class ValidationSection {
    private static final double WIDTH = 560;
    private static final double PAD = 24;

    private ValidationSection() {}

    static void write(Html html, ReportModel model) {
        ValidationReport report = model.input().validation();
        if (report == null) {
            return;
        }
        html.open("section", "id", "validation").open("h2").text("Validation");
        String verdict = report.verdict().name();
        html.leaf("span", verdict, "class", "badge verdict-" + verdict.toLowerCase(Locale.ROOT))
                .close();
        html.leaf(
                "p",
                "Both versions were run on the same inputs, " + Format.plural(report.runs(), "pair")
                        + ", interleaved and in random order within a pair. Measured.",
                "class",
                "lead");
        html.open("div", "class", "two").open("div");
        interval(html, "Speedup", report.speedup(), 1, false);
        interval(html, "Cost saved", report.costReduction(), 0, true);
        html.close().open("div").open("dl");
        Double before = model.input().measuredBeforeSeconds();
        Double after = model.input().measuredAfterSeconds();
        if (before != null && after != null) {
            fact(html, "Mean time of a run", speedup(before, after));
        }
        for (String estimate : estimates(model.input())) {
            fact(html, "Estimated", estimate);
        }
        fact(html, "Outputs", outputs(report));
        fact(html, "Same workflow", report.exact() ? "EXACT: proved without a run" : "compared in runs");
        fact(html, "Original against itself", Format.percent(report.noiseFloor()) + " of pairs differ");
        fact(html, "Runs of the plan that failed", Format.percent(report.errorRate()));
        html.close().close().close();
        html.open("ul", "class", "reasons");
        report.reasons().forEach(reason -> html.leaf("li", reason));
        html.close();
        if (!report.differences().isEmpty()) {
            html.open("details", "open", "open")
                    .leaf("summary", "Where outputs differ")
                    .open("ul");
            report.differences().forEach(difference -> html.leaf("li", difference));
            html.close().close();
        }
        html.close();
    }

    static String outputs(ValidationReport report) {
        String compared = report.compared() + " of " + report.runs() + " pairs compared";
        if (report.equivalent()) {
            return report.compared() == report.runs() ? "equivalent in every pair" : "equivalent; " + compared;
        }
        return (report.differences().isEmpty() ? "not shown to be equivalent; " : "not equivalent; ") + compared;
    }

    /** The measured times of both versions, and how near the estimates came. */
    static List<String> times(ReportInput input) {
        List<String> lines = new ArrayList<>();
        Double before = input.measuredBeforeSeconds();
        Double after = input.measuredAfterSeconds();
        if (before != null && after != null) {
            lines.add("mean time of a run " + speedup(before, after) + ", measured");
        }
        estimates(input).forEach(estimate -> lines.add("estimated " + estimate));
        return lines;
    }

    /**
     * The plan's speedup as it was estimated before it ran, and as the original's runs of the same pairs give it: the former
     * also shows whether these runs were like the profiled ones, the latter only how true the replay is.
     */
    private static List<String> estimates(ReportInput input) {
        List<String> lines = new ArrayList<>();
        Plan plan = input.plan();
        Double before = input.measuredBeforeSeconds();
        Double after = input.measuredAfterSeconds();
        if (plan == null || before == null || after == null || !(before > 0) || !(after > 0)) {
            return lines;
        }
        add(lines, "from the profiled runs", plan.estimate().durationSeconds(), before / after);
        MetricEstimate expected = input.expected();
        if (expected != null) {
            add(lines, "from the original's runs in the same pairs", expected, before / after);
        }
        return lines;
    }

    private static void add(List<String> lines, String runs, MetricEstimate duration, double measured) {
        double estimated = duration.before() / duration.after();
        if (Double.isFinite(estimated)) {
            lines.add(runs + ": " + speedup(duration.before(), duration.after()) + ", "
                    + Format.percent(Math.abs(estimated / measured - 1)) + " off what was measured");
        }
    }

    private static String speedup(double before, double after) {
        return Format.duration(before) + " → " + Format.duration(after) + ", " + Format.factor(before / after);
    }

    private static void fact(Html html, String name, String value) {
        html.leaf("dt", name).leaf("dd", value);
    }

    private static void interval(Html html, String name, Measured measured, double neutral, boolean part) {
        html.open("div", "class", "interval").open("p").leaf("small", name + " ");
        html.leaf("b", show(measured.value(), part));
        html.leaf(
                "span",
                " 95 %: " + show(measured.low(), part) + " to " + show(measured.high(), part),
                "class",
                "muted");
        html.close();
        if (Double.isFinite(measured.low()) && Double.isFinite(measured.high())) {
            draw(html, name, measured, neutral, part);
        }
        html.close();
    }

    private static void draw(Html html, String name, Measured measured, double neutral, boolean part) {
        double least = Math.min(measured.low(), neutral);
        double most = Math.max(measured.high(), neutral);
        double margin = Math.max((most - least) * 0.15, part ? 0.05 : 0.1);
        double from = least - margin;
        double span = most + margin - from;
        double low = x(measured.low(), from, span);
        double high = x(measured.high(), from, span);
        double zero = x(neutral, from, span);
        html.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 560 46", "class", "ci", "role", "img");
        html.leaf("title", name + " with its 95 % interval");
        html.empty("line", "x1", PAD, "y1", 18, "x2", WIDTH - PAD, "y2", 18, "class", "grid");
        html.empty("line", "x1", zero, "y1", 4, "x2", zero, "y2", 30, "class", "end");
        html.leaf(
                "text",
                part ? "no change" : "same speed",
                "x",
                Math.min(zero, WIDTH - PAD - 34),
                "y",
                43,
                "class",
                "sub",
                "text-anchor",
                "middle");
        html.empty("rect", "x", low, "y", 13, "width", Math.max(2, high - low), "height", 10, "rx", 5, "class", "span");
        html.empty("circle", "cx", x(measured.value(), from, span), "cy", 18, "r", 6, "class", "value");
        html.close();
    }

    private static double x(double value, double from, double span) {
        return PAD + (value - from) / span * (WIDTH - 2 * PAD);
    }

    private static String show(double value, boolean part) {
        return part ? Format.percent(value) : Format.factor(value);
    }
}

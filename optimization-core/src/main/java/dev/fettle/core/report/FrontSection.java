package dev.fettle.core.report;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The plan beside plans none of which is better than another in time, cost and quality alike. */
final class FrontSection {
    static final String TITLE = "Plan and alternatives";

    private static final double WIDTH = 460;
    private static final double HEIGHT = 220;
    private static final double MARGIN = 40;
    private static final double RADIUS = 5;

    private FrontSection() {}

    /** A plan and what to call it. */
    record Point(String name, Plan plan) {
        Estimate estimate() {
            return plan.estimate();
        }
    }

    /** The plan first; nothing where there are no alternatives. */
    static List<Point> points(ReportInput input) {
        Plan plan = input.plan();
        List<Point> points = new ArrayList<>();
        if (plan != null && !input.alternatives().isEmpty()) {
            points.add(new Point("the plan", plan));
            List<Plan> all = new ArrayList<>(input.alternatives());
            all.add(plan);
            for (Plan alternative : input.alternatives()) {
                points.add(new Point(name(alternative, all, points.size()), alternative));
            }
        }
        return points;
    }

    private static String name(Plan plan, List<Plan> all, int number) {
        List<String> names = new ArrayList<>();
        if (least(plan, all, one -> one.durationSeconds().after())) {
            names.add("quickest");
        }
        if (least(plan, all, one -> one.costUsd().after())) {
            names.add("cheapest");
        }
        if (least(plan, all, one -> -one.quality().after())) {
            names.add("best quality");
        }
        return names.isEmpty() ? "alternative " + number : String.join(", ", names);
    }

    private static boolean least(Plan plan, List<Plan> all, ToDoubleFunction<Estimate> value) {
        double own = value.applyAsDouble(plan.estimate());
        return all.stream()
                .filter(other -> !other.equals(plan))
                .allMatch(other -> own < value.applyAsDouble(other.estimate()));
    }

    /** A value with its interval and where it comes from. */
    static String figure(MetricEstimate metric, String unit) {
        String source = metric.source().name().toLowerCase(Locale.ROOT);
        return Double.isNaN(metric.after())
                ? Format.metric(unit, metric.after())
                : Format.metric(unit, metric.after()) + " (" + source + ", 90 %: "
                        + Format.interval(unit, metric.low(), metric.high()) + ")";
    }

    static void write(Html html, ReportInput input) {
        List<Point> points = points(input);
        if (points.isEmpty()) {
            return;
        }
        html.leaf("h3", TITLE)
                .leaf("p", "None is better than another in time, cost and quality alike.", "class", "muted");
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        List.of("", "Suggestions", "Time of a run, mean", "Cost of a run", "Quality, relative")
                .forEach(head -> html.leaf("th", head));
        html.close().close().open("tbody");
        for (Point point : points) {
            html.open("tr").leaf("td", point.name());
            html.leaf("td", String.valueOf(point.plan().suggestions().size()), "class", "n");
            html.leaf("td", figure(point.estimate().durationSeconds(), "seconds"));
            html.leaf("td", figure(point.estimate().costUsd(), "usd"));
            html.leaf("td", figure(point.estimate().quality(), "qualityRate")).close();
        }
        html.close().close().close();
        draw(html, points);
    }

    /** Time to the right, quality upward where it differs, else cost. */
    private static void draw(Html html, List<Point> points) {
        boolean priced = points.stream()
                .allMatch(point -> Double.isFinite(point.estimate().costUsd().after()));
        ToDoubleFunction<Estimate> vertical =
                priced ? one -> one.costUsd().after() : one -> -one.quality().after();
        double[] across = range(points, one -> one.durationSeconds().after());
        double[] up = range(points, vertical);
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, HEIGHT),
                "class",
                "front",
                "role",
                "img");
        html.leaf("title", "Time against " + (priced ? "cost" : "quality") + " of the plan and its alternatives");
        double bottom = HEIGHT - MARGIN;
        html.empty("line", "x1", MARGIN, "y1", bottom, "x2", WIDTH, "y2", bottom, "stroke", "currentColor");
        html.empty("line", "x1", MARGIN, "y1", 0.0, "x2", MARGIN, "y2", bottom, "stroke", "currentColor");
        html.leaf("text", "time of a run", "x", MARGIN, "y", HEIGHT - 8, "fill", "currentColor", "font-size", "11");
        html.leaf("text", priced ? "cost" : "quality", "x", 2.0, "y", 12.0, "fill", "currentColor", "font-size", "11");
        for (Point point : points) {
            double x = MARGIN
                    + 20
                    + (WIDTH - MARGIN - 160)
                            * part(across, point.estimate().durationSeconds().after());
            double part = part(up, vertical.applyAsDouble(point.estimate()));
            double y = 16 + (bottom - 32) * (priced ? 1 - part : part);
            html.empty("circle", "cx", x, "cy", y, "r", RADIUS, "fill", "currentColor");
            html.leaf("text", point.name(), "x", x + 9, "y", y + 4, "fill", "currentColor", "font-size", "11");
        }
        html.close();
    }

    private static double[] range(List<Point> points, ToDoubleFunction<Estimate> value) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            low = Math.min(low, value.applyAsDouble(point.estimate()));
            high = Math.max(high, value.applyAsDouble(point.estimate()));
        }
        return new double[] {low, high};
    }

    private static double part(double[] range, double value) {
        return range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
    }
}

package dev.fettle.core.report;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A typical run before and after on the same scale. */
final class TimelineSection {
    private static final int MAX_ROWS = 60;
    private static final double LEFT = 214;
    private static final double WIDTH = 1080;
    private static final double RIGHT = 76;
    private static final double ROW = 22;
    private static final double AXIS = 24;
    private static final int TICKS = 6;
    private static final int LABEL_CHARACTERS = 26;

    private TimelineSection() {}

    static void write(Html html, ReportModel model) {
        ExecutionTrace before = model.input().typicalBefore();
        ExecutionTrace after = model.input().typicalAfter();
        if (before == null && after == null) {
            return;
        }
        html.open("section", "id", "timeline").leaf("h2", "A typical run");
        html.leaf(
                "p",
                after == null || before == null
                        ? "The run whose duration is the median. Measured."
                        : "The runs whose duration is the median, on the same scale. Measured.",
                "class",
                "lead");
        double scale = Math.max(seconds(before), seconds(after));
        if (before != null) {
            chart(html, model, after == null ? "As it is" : "Before", before, scale);
        }
        if (after != null) {
            chart(html, model, "After the plan", after, scale);
        }
        html.close();
    }

    private static double seconds(@Nullable ExecutionTrace trace) {
        return trace == null ? 0 : Format.seconds(trace.wallClock());
    }

    private static void chart(Html html, ReportModel model, String title, ExecutionTrace trace, double scale) {
        List<NodeOccurrence> rows = rows(trace);
        Map<String, Integer> depths = depths(trace);
        double height = AXIS + rows.size() * ROW + 6;
        html.open("figure").open("figcaption").leaf("strong", title);
        html.leaf("span", Format.duration(trace.wallClock()), "class", "muted").close();
        html.open("div", "class", "scroll");
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, height),
                "class",
                "timeline",
                "role",
                "img");
        html.leaf("title", title + ": when each node ran");
        axis(html, scale, height);
        double end = x(Format.seconds(trace.wallClock()), scale);
        html.empty("line", "x1", end, "y1", AXIS - 6, "x2", end, "y2", height, "class", "end");
        for (int i = 0; i < rows.size(); i++) {
            row(html, model, rows.get(i), depths.getOrDefault(rows.get(i).id(), 0), AXIS + i * ROW, scale);
        }
        html.close().close();
        int hidden = trace.occurrences().size() - rows.size();
        if (hidden > 0) {
            html.leaf(
                    "p",
                    hidden == 1 ? "1 shorter occurrence is not drawn." : hidden + " shorter occurrences are not drawn.",
                    "class",
                    "muted");
        }
        html.close();
    }

    /** The longest occurrences, in order of start. */
    private static List<NodeOccurrence> rows(ExecutionTrace trace) {
        if (trace.occurrences().size() <= MAX_ROWS) {
            return trace.occurrences();
        }
        Set<String> longest = new HashSet<>();
        trace.occurrences().stream()
                .sorted(Comparator.comparing(NodeOccurrence::duration).reversed())
                .limit(MAX_ROWS)
                .forEach(occurrence -> longest.add(occurrence.id()));
        return trace.occurrences().stream()
                .filter(occurrence -> longest.contains(occurrence.id()))
                .limit(MAX_ROWS)
                .toList();
    }

    private static Map<String, Integer> depths(ExecutionTrace trace) {
        Map<String, Integer> depths = new HashMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            String parent = occurrence.parent();
            depths.put(occurrence.id(), parent == null ? 0 : depths.getOrDefault(parent, -1) + 1);
        }
        return depths;
    }

    private static void axis(Html html, double scale, double height) {
        for (double tick : ticks(scale)) {
            double x = x(tick, scale);
            html.empty("line", "x1", x, "y1", AXIS - 6, "x2", x, "y2", height, "class", "grid");
            html.leaf(
                    "text",
                    tick == 0 ? "0" : Format.duration(tick),
                    "x",
                    x,
                    "y",
                    12,
                    "class",
                    "sub",
                    "text-anchor",
                    "middle");
        }
    }

    private static List<Double> ticks(double scale) {
        List<Double> ticks = new ArrayList<>();
        if (!(scale > 0) || Double.isInfinite(scale)) {
            return List.of(0.0);
        }
        double rough = scale / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = rough / power <= 2 ? 2 * power : rough / power <= 5 ? 5 * power : 10 * power;
        for (int i = 0; i * step <= scale; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double x(double seconds, double scale) {
        double part = scale > 0 ? Math.min(1, Math.max(0, seconds / scale)) : 0;
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private static void row(
            Html html, ReportModel model, NodeOccurrence occurrence, int depth, double y, double scale) {
        double from = x(Format.seconds(occurrence.start()), scale);
        double to = x(Format.seconds(occurrence.end()), scale);
        boolean failed = occurrence.status() == Status.ERROR;
        html.open("g", "class", "bar");
        html.leaf(
                "title",
                occurrence.node() + "\n" + Format.duration(occurrence.start()) + " to "
                        + Format.duration(occurrence.end()) + ", " + Format.duration(occurrence.duration())
                        + (failed ? "\nfailed: " + occurrence.errorType() : ""));
        int indent = Math.min(depth, 4) * 8;
        html.leaf(
                "text",
                Labels.shorten(occurrence.node(), LABEL_CHARACTERS - indent / 7),
                "x",
                indent,
                "y",
                y + 14,
                "class",
                "name");
        html.empty(
                "rect",
                "x",
                from,
                "y",
                y + 3,
                "width",
                Math.max(2, to - from),
                "height",
                ROW - 7,
                "rx",
                3,
                "class",
                GraphDrawing.kind(model.kind(occurrence.node(), occurrence.kind())) + (failed ? " failed" : ""));
        html.leaf(
                "text",
                Format.duration(occurrence.duration()) + (failed ? " ✕" : ""),
                "x",
                Math.max(to, from + 2) + 6,
                "y",
                y + 14,
                "class",
                "sub");
        html.close();
    }
}

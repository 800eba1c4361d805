package dev.fettle.core.report;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import java.util.List;
import java.util.Locale;

/** Each bottleneck with its evidence. */
final class BottleneckSection {
    private static final int OPEN = 12;

    private BottleneckSection() {}

    static void write(Html html, ReportModel model) {
        List<Bottleneck> bottlenecks = model.input().bottlenecks();
        html.open("section", "id", "bottlenecks").open("h2").text("Bottlenecks");
        html.leaf("span", String.valueOf(bottlenecks.size()), "class", "count").close();
        if (bottlenecks.isEmpty()) {
            html.leaf("p", "None was found in what was recorded.", "class", "lead");
        }
        html.open("div", "class", "cards");
        bottlenecks.stream().limit(OPEN).forEach(bottleneck -> card(html, bottleneck));
        html.close();
        if (bottlenecks.size() > OPEN) {
            html.open("details")
                    .leaf("summary", bottlenecks.size() - OPEN + " more")
                    .open("div", "class", "cards");
            bottlenecks.stream().skip(OPEN).forEach(bottleneck -> card(html, bottleneck));
            html.close().close();
        }
        html.close();
    }

    private static void card(Html html, Bottleneck bottleneck) {
        String severity = bottleneck.severity().name().toLowerCase(Locale.ROOT);
        html.open("article", "class", "card sev-" + severity).open("header");
        html.leaf("span", severity, "class", "badge sev-" + severity);
        html.leaf("strong", bottleneck.type().replace('-', ' '));
        html.leaf("code", Labels.breakable(Labels.shorten(place(bottleneck), 48)), "title", place(bottleneck));
        html.close();
        html.leaf("p", bottleneck.evidence().text());
        html.open("p", "class", "facts");
        html.open("span").text(words(bottleneck.metric()) + " ");
        html.leaf("b", Format.metric(bottleneck.metric(), bottleneck.value()));
        html.text(interval(bottleneck)).close();
        html.leaf("span", "threshold " + Format.metric(bottleneck.metric(), bottleneck.threshold()));
        Evidence evidence = bottleneck.evidence();
        html.leaf(
                "span",
                Format.plural(evidence.count(), "observation") + " in " + Format.plural(evidence.runs(), "run"));
        html.close();
        if (!bottleneck.advice().isBlank()) {
            html.leaf("p", bottleneck.advice(), "class", "advice");
        }
        html.close();
    }

    static String place(Bottleneck bottleneck) {
        String node = bottleneck.node();
        String tool = bottleneck.tool();
        if (node != null) {
            return tool == null ? node : node + " → " + tool;
        }
        return tool != null
                ? tool
                : bottleneck.related().isEmpty() ? "whole workflow" : String.join(", ", bottleneck.related());
    }

    private static String interval(Bottleneck bottleneck) {
        Evidence evidence = bottleneck.evidence();
        if (!Double.isFinite(evidence.low())
                || !Double.isFinite(evidence.high())
                || evidence.low() == evidence.high()) {
            return "";
        }
        return " (95 %: " + Format.metric(bottleneck.metric(), evidence.low()) + " to "
                + Format.metric(bottleneck.metric(), evidence.high()) + ")";
    }

    /** {@code meanDurationSeconds} as {@code mean duration}. */
    static String words(String metric) {
        String spaced = metric.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.replaceAll(" (seconds|usd)$", "");
    }
}

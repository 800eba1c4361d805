package dev.fettle.core.report;

import dev.fettle.api.profile.NodeProfile;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Where time and money go. */
final class HotSpotSection {
    private static final int ROWS = 15;
    private static final int SEGMENTS = 6;

    private HotSpotSection() {}

    static void write(Html html, ReportModel model) {
        List<ReportModel.HotSpot> spots = model.hotSpots();
        if (spots.isEmpty()) {
            return;
        }
        html.open("section", "id", "where").leaf("h2", "Where time and money go");
        html.leaf(
                "p",
                "Each node's own time, without the nodes inside it, summed over runs. Measured; costs from the price"
                        + " table.",
                "class",
                "lead");
        stack(html, "Time", spots, ReportModel.HotSpot::timeShare);
        if (spots.stream().anyMatch(spot -> spot.costShare() > 0)) {
            stack(html, "Money", spots, ReportModel.HotSpot::costShare);
        }
        table(html, model, spots);
        html.close();
    }

    private static void stack(
            Html html, String name, List<ReportModel.HotSpot> spots, ToDoubleFunction<ReportModel.HotSpot> share) {
        html.open("div", "class", "stack").leaf("b", name).open("div", "class", "segments");
        List<ReportModel.HotSpot> greatest = spots.stream()
                .filter(spot -> share.applyAsDouble(spot) > 0)
                .sorted((a, b) -> Double.compare(share.applyAsDouble(b), share.applyAsDouble(a)))
                .toList();
        double rest = 0;
        for (int i = 0; i < greatest.size(); i++) {
            ReportModel.HotSpot spot = greatest.get(i);
            double part = share.applyAsDouble(spot);
            if (i < SEGMENTS) {
                segment(html, "s" + i, spot.node().id(), part);
            } else {
                rest += part;
            }
        }
        if (rest > 0) {
            segment(html, "rest", Format.plural(greatest.size() - SEGMENTS, "other"), rest);
        }
        html.close().close();
    }

    private static void segment(Html html, String style, String name, double part) {
        html.open(
                "span",
                "class",
                style,
                "style",
                "flex-grow:" + Math.max(1, Math.round(part * 1000)),
                "title",
                name + ": " + Format.percent(part));
        html.leaf("em", part > 0.08 ? Labels.shorten(name, (int) (part * 100) - 3) + " " + Format.percent(part) : "");
        html.close();
    }

    private static void table(Html html, ReportModel model, List<ReportModel.HotSpot> spots) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String head : List.of("Node", "Own time", "Mean", "p95", "Runs well", "Tokens in / out", "Cost")) {
            html.leaf("th", head, "class", head.equals("Node") || head.equals("Own time") ? "" : "n");
        }
        html.close().close().open("tbody");
        for (ReportModel.HotSpot spot : spots.subList(0, Math.min(ROWS, spots.size()))) {
            NodeProfile node = spot.node();
            html.open("tr").open("td", "title", node.id());
            html.leaf("i", "", "class", "dot " + GraphDrawing.kind(model.kind(node.id(), node.kind())));
            html.leaf("code", Labels.breakable(Labels.shorten(node.id(), 44))).close();
            html.open("td", "class", "meter").open("span", "class", "track");
            html.leaf("span", "", "style", "width:" + Math.round(spot.timeShare() * 100) + "%");
            html.close().leaf("small", Format.percent(spot.timeShare())).close();
            html.leaf("td", Format.mean(node.duration()), "class", "n");
            html.leaf("td", Format.p95(node.duration()), "class", "n");
            html.leaf(
                    "td",
                    Format.percent(node.success().value()),
                    "class",
                    "n",
                    "title",
                    "95 %: " + Format.percent(node.success().low()) + " to "
                            + Format.percent(node.success().high()));
            html.leaf(
                    "td",
                    node.tokens().total() == 0
                            ? "–"
                            : Format.count(node.tokens().input()) + " / "
                                    + Format.count(node.tokens().output()),
                    "class",
                    "n");
            html.leaf(
                    "td", node.usd().signum() == 0 ? "–" : Format.usd(node.usd().doubleValue()), "class", "n");
            html.close();
        }
        html.close().close().close();
        if (spots.size() > ROWS) {
            html.leaf(
                    "p",
                    Format.plural(spots.size() - ROWS, "more node") + (spots.size() - ROWS == 1 ? " takes" : " take")
                            + " less. The JSON report has them all.",
                    "class",
                    "muted");
        }
    }
}

package dev.fettle.core.report;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.validate.ValidationReport;
import java.util.List;
import java.util.Locale;

/** The report for a terminal. */
public final class TextReport {
    private static final int HOT_SPOTS = 8;
    private static final int BOTTLENECKS = 8;
    private static final int SUGGESTIONS = 10;
    private static final int REJECTED = 5;
    private static final int BAR = 20;

    private final Terminal out;

    private TextReport(Terminal out) {
        this.out = out;
    }

    /**
     * @param width columns of the terminal; at least 80 and at most 120 are used
     * @param colour whether to use ANSI colours
     */
    public static String write(ReportInput input, int width, boolean colour) {
        Terminal terminal = new Terminal(width, colour);
        new TextReport(terminal).write(ReportModel.of(input));
        return terminal.toString();
    }

    private void write(ReportModel model) {
        ReportInput input = model.input();
        out.line(out.bold(Terminal.plain(input.title())));
        out.wrapped(HtmlReport.summary(input), 0);
        input.traces().rejected().stream()
                .limit(REJECTED)
                .forEach(one -> out.wrapped("not used: " + one.source() + ": " + one.reason(), 2));
        if (input.traces().rejected().size() > REJECTED) {
            out.line("  and " + (input.traces().rejected().size() - REJECTED) + " more");
        }
        figures(model);
        hotSpots(model);
        bottlenecks(input);
        suggestions(model);
        plan(input);
        validation(input);
        list("Assumptions", model.assumptions());
        list("Next", input.nextSteps());
    }

    private void figures(ReportModel model) {
        out.line("");
        for (ReportModel.Figure figure : model.figures()) {
            Quantity quantity = figure.quantity();
            String detail = quantity.label() + (quantity.interval().isEmpty() ? "" : ", " + quantity.interval());
            out.line(Terminal.pad(figure.name(), 24) + out.bold(Terminal.left(quantity.shown(), 10)) + "  "
                    + out.dim(out.fit(detail, 36)));
        }
    }

    private void hotSpots(ReportModel model) {
        if (model.hotSpots().isEmpty()) {
            return;
        }
        out.heading("Where time and money go");
        int name = out.width() - BAR - 39;
        out.line(out.dim(Terminal.pad("", name + BAR + 3)
                + Terminal.left("time", 6)
                + Terminal.left("mean", 10)
                + Terminal.left("p95", 10)
                + Terminal.left("cost", 8)));
        for (ReportModel.HotSpot spot :
                model.hotSpots().subList(0, Math.min(HOT_SPOTS, model.hotSpots().size()))) {
            int filled = (int) Math.round(spot.timeShare() * BAR);
            out.line("  "
                    + Terminal.pad(Labels.shorten(Terminal.plain(spot.node().id()), name - 1), name) + " "
                    + out.colour(Terminal.ORANGE, "█".repeat(filled)) + out.dim("·".repeat(BAR - filled))
                    + Terminal.left(Format.percent(spot.timeShare()), 6)
                    + Terminal.left(Format.mean(spot.node().duration()), 10)
                    + Terminal.left(Format.p95(spot.node().duration()), 10)
                    + Terminal.left(spot.costShare() == 0 ? "–" : Format.percent(spot.costShare()), 8));
        }
        more(model.hotSpots().size() - HOT_SPOTS, "node");
    }

    private void bottlenecks(ReportInput input) {
        out.heading("Bottlenecks (" + input.bottlenecks().size() + ")");
        for (Bottleneck bottleneck : input.bottlenecks()
                .subList(0, Math.min(BOTTLENECKS, input.bottlenecks().size()))) {
            String severity = bottleneck.severity().name().toLowerCase(Locale.ROOT);
            String place = Labels.shorten(Terminal.plain(BottleneckSection.place(bottleneck)), out.width() - 36);
            out.line("  " + out.colour(Terminal.severity(bottleneck.severity()), Terminal.pad(severity, 9))
                    + out.bold(Terminal.pad(bottleneck.type().replace('-', ' '), 24)) + " " + place);
            out.wrapped(bottleneck.evidence().text(), 11);
        }
        more(input.bottlenecks().size() - BOTTLENECKS, "bottleneck");
    }

    private void suggestions(ReportModel model) {
        List<RankedSuggestion> suggestions = model.input().suggestions();
        if (suggestions.isEmpty()) {
            return;
        }
        out.heading("Suggestions (" + suggestions.size() + "), best first");
        for (int i = 0; i < Math.min(SUGGESTIONS, suggestions.size()); i++) {
            Suggestion suggestion = suggestions.get(i).suggestion();
            Estimate estimate = suggestions.get(i).estimate();
            String mark = model.planned().contains(suggestion.id()) ? out.colour(Terminal.GREEN, "✓") : " ";
            String gain = estimate == null
                    ? ""
                    : "time " + Format.change(estimate.durationSeconds()) + ", cost "
                            + Format.change(estimate.costUsd()) + ", ";
            String title = out.fit(Terminal.plain(SuggestionSection.title(suggestion)), 8);
            out.line(Terminal.left(String.valueOf(i + 1), 4) + " " + mark + " " + out.bold(title));
            out.wrapped(
                    gain + suggestion.risk().name().toLowerCase(Locale.ROOT) + " risk, confidence "
                            + Format.percent(estimate == null ? suggestion.confidence() : estimate.confidence()),
                    7);
            out.wrapped(Titles.reason(suggestion), 7);
        }
        more(suggestions.size() - SUGGESTIONS, "suggestion");
    }

    private void plan(ReportInput input) {
        Plan plan = input.plan();
        if (plan == null) {
            return;
        }
        out.heading("Plan");
        if (plan.suggestions().isEmpty()) {
            out.wrapped(NothingPays.words(plan), 2);
            return;
        }
        plan.suggestions().forEach(suggestion -> out.wrapped("✓ " + SuggestionSection.title(suggestion), 2));
        metric("time of a run", plan.estimate().durationSeconds(), "seconds");
        metric("p95", plan.estimate().durationP95Seconds(), "seconds");
        metric("cost of a run", plan.estimate().costUsd(), "usd");
        metric("quality", plan.estimate().quality(), "qualityRate");
        alternatives(input);
        if (!plan.excluded().isEmpty()) {
            out.line(out.dim("  " + Format.plural(plan.excluded().size(), "suggestion")
                    + " left out; the HTML and JSON reports say why"));
        }
    }

    private void alternatives(ReportInput input) {
        List<FrontSection.Point> points = FrontSection.points(input);
        if (!points.isEmpty()) {
            out.heading(FrontSection.TITLE);
            out.wrapped("None is better than another in time, cost and quality alike; JSON has their changes.", 2);
        }
        for (FrontSection.Point point : points) {
            Estimate estimate = point.estimate();
            out.line("  " + out.bold(point.name()) + ", "
                    + Format.plural(point.plan().suggestions().size(), "suggestion"));
            out.wrapped("time " + FrontSection.figure(estimate.durationSeconds(), "seconds"), 4);
            out.wrapped("cost " + FrontSection.figure(estimate.costUsd(), "usd"), 4);
            out.wrapped("quality " + FrontSection.figure(estimate.quality(), "qualityRate"), 4);
        }
    }

    private void metric(String name, MetricEstimate metric, String unit) {
        String detail = metric.source().name().toLowerCase(Locale.ROOT) + ", 90 %: "
                + Format.interval(unit, metric.low(), metric.high());
        out.line("  " + Terminal.pad(name, 16) + Terminal.left(Format.metric(unit, metric.before()), 10) + " → "
                + out.bold(Terminal.left(Format.metric(unit, metric.after()), 10)) + "  "
                + out.dim(out.fit(detail, 43)));
    }

    private void validation(ReportInput input) {
        ValidationReport report = input.validation();
        if (report == null) {
            return;
        }
        out.heading("Validation");
        out.line("  "
                + out.colour(
                        Terminal.verdict(report.verdict()), report.verdict().name()) + ", speedup "
                + out.bold(Format.factor(report.speedup().value())));
        out.wrapped(
                "· 95 %: " + Format.factor(report.speedup().low()) + " to "
                        + Format.factor(report.speedup().high()) + ", measured in "
                        + Format.plural(report.runs(), "pair"),
                2);
        ValidationSection.times(input).forEach(line -> out.wrapped("· " + line, 2));
        report.reasons().forEach(reason -> out.wrapped("· " + reason, 2));
        report.differences().stream().limit(3).forEach(difference -> out.wrapped("≠ " + difference, 2));
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.heading(title);
            lines.forEach(line -> out.wrapped("· " + line, 2));
        }
    }

    private void more(int count, String what) {
        if (count > 0) {
            out.line(out.dim("  and " + Format.plural(count, "more " + what)));
        }
    }
}

package dev.fettle.core.report;

import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.strategy.Suggestion;
import java.util.List;
import java.util.Locale;

/** Each suggestion with its changes, gain, confidence, risk and undo. */
final class SuggestionSection {
    private static final int OPEN = 12;

    private SuggestionSection() {}

    static void write(Html html, ReportModel model) {
        List<RankedSuggestion> suggestions = model.input().suggestions();
        if (suggestions.isEmpty()) {
            return;
        }
        html.open("section", "id", "suggestions").open("h2").text("Suggestions");
        html.leaf("span", String.valueOf(suggestions.size()), "class", "count").close();
        html.leaf(
                "p",
                "Best first, each judged alone by replaying the recorded runs with its changes. Gains do not add up; the"
                        + " plan's estimate is for all of its suggestions together.",
                "class",
                "lead");
        suggestions.stream().limit(OPEN).forEach(ranked -> card(html, ranked, model));
        if (suggestions.size() > OPEN) {
            html.open("details").leaf("summary", suggestions.size() - OPEN + " more");
            suggestions.stream().skip(OPEN).forEach(ranked -> card(html, ranked, model));
            html.close();
        }
        html.close();
    }

    private static void card(Html html, RankedSuggestion ranked, ReportModel model) {
        Suggestion suggestion = ranked.suggestion();
        String risk = suggestion.risk().name().toLowerCase(Locale.ROOT);
        boolean planned = model.planned().contains(suggestion.id());
        html.open("article", "class", planned ? "card suggestion planned" : "card suggestion")
                .open("header");
        html.leaf("strong", title(suggestion));
        if (planned) {
            html.leaf("span", "in the plan", "class", "badge plan");
        }
        html.leaf("span", risk + " risk", "class", "badge risk-" + risk);
        html.leaf("code", suggestion.strategy()).close();
        html.leaf("p", Titles.reason(suggestion));
        Estimate estimate = ranked.estimate();
        if (estimate != null) {
            html.open("div", "class", "gains");
            gain(html, "Time", estimate.durationSeconds(), "seconds");
            gain(html, "Cost", estimate.costUsd(), "usd");
            gain(html, "Quality", estimate.quality(), "qualityRate");
            html.open("div").leaf("small", "Confidence").leaf("b", Format.percent(estimate.confidence()));
            html.leaf("span", Format.plural(estimate.replayedTraces(), "run") + " replayed", "class", "muted")
                    .close();
            html.close();
        }
        html.open("div", "class", "two").open("div").leaf("h4", "Changes").open("ul");
        for (WorkflowChange change : suggestion.changes()) {
            html.leaf("li", Labels.breakable(change.describe()));
        }
        html.close().close().open("div").leaf("h4", "Undo").open("ul");
        for (WorkflowChange change : suggestion.changes()) {
            html.leaf("li", Labels.breakable(Undo.of(change)));
        }
        html.close().close().close();
        html.open("details").leaf("summary", "Evidence").open("ul");
        suggestion
                .evidence()
                .forEach(evidence -> html.leaf(
                        "li",
                        evidence.text() + " (" + Format.plural(evidence.count(), "observation") + " in "
                                + Format.plural(evidence.runs(), "run") + ")"));
        suggestion
                .outcomes()
                .forEach(outcome -> html.leaf(
                        "li",
                        outcome.source().name().toLowerCase(Locale.ROOT) + " for " + outcome.node() + ": "
                                + outcome.basis()));
        html.close();
        html.leaf("p", suggestion.id(), "class", "id");
        html.close().close();
    }

    static String title(Suggestion suggestion) {
        return Titles.of(suggestion);
    }

    private static void gain(Html html, String name, MetricEstimate metric, String unit) {
        html.open("div").leaf("small", name);
        if (unit.equals("usd") && !(metric.before() > 0) && !(metric.after() > 0)) {
            html.leaf("b", "–").leaf("span", "no known cost", "class", "muted").close();
            return;
        }
        if (unit.endsWith("Rate")) {
            html.leaf("b", Format.percent(metric.after()));
        } else {
            double saving = metric.saving();
            html.leaf("b", Format.change(metric), "class", saving > 0.005 ? "good" : saving < -0.005 ? "bad" : "");
        }
        html.open("span", "class", "muted");
        html.text(Format.metric(unit, metric.before()) + " → " + Format.metric(unit, metric.after()) + " (90 %: "
                + Format.interval(unit, metric.low(), metric.high()) + "), "
                + metric.source().name().toLowerCase(Locale.ROOT));
        html.close().close();
    }
}

package dev.fettle.core.report;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import java.util.List;
import java.util.Locale;

/** The suggestions that were chosen together. */
final class PlanSection {
    private PlanSection() {}

    static void write(Html html, ReportModel model) {
        Plan plan = model.input().plan();
        if (plan == null) {
            return;
        }
        html.open("section", "id", "plan").leaf("h2", "The plan");
        if (plan.suggestions().isEmpty()) {
            html.leaf("p", NothingPays.words(plan), "class", "lead");
        } else {
            html.leaf("p", "Applied together, in this order. " + plan.algorithm(), "class", "lead");
            html.open("ol", "class", "steps");
            plan.suggestions().forEach(suggestion -> html.open("li")
                    .leaf("strong", SuggestionSection.title(suggestion))
                    .leaf("span", " · " + Titles.reason(suggestion))
                    .close());
            html.close();
            estimate(html, plan.estimate());
        }
        FrontSection.write(html, model.input());
        List<Plan.Exclusion> excluded = plan.excluded();
        if (!excluded.isEmpty()) {
            html.open("details").leaf("summary", excluded.size() + " left out").open("ul");
            excluded.forEach(one -> html.open("li")
                    .leaf("code", one.suggestion())
                    .text(": " + one.reason())
                    .close());
            html.close().close();
        }
        html.close();
    }

    private static void estimate(Html html, Estimate estimate) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String head : List.of("Expected", "Before", "After", "90 % interval", "Saved", "Source")) {
            html.leaf("th", head, "class", head.equals("Expected") || head.equals("Source") ? "" : "n");
        }
        html.close().close().open("tbody");
        row(html, "Time of a run, mean", estimate.durationSeconds(), "seconds");
        row(html, "Time of a run, median", estimate.durationP50Seconds(), "seconds");
        row(html, "Time of a run, p95", estimate.durationP95Seconds(), "seconds");
        row(html, "Time of a run, p99", estimate.durationP99Seconds(), "seconds");
        row(html, "Cost of a run", estimate.costUsd(), "usd");
        row(html, "Runs that succeed", estimate.success(), "successRate");
        row(html, "Quality, relative", estimate.quality(), "qualityRate");
        html.close().close().close();
        html.leaf(
                "p",
                "Confidence " + Format.percent(estimate.confidence()) + ", from "
                        + Format.plural(estimate.replayedTraces(), "replayed run") + ".",
                "class",
                "muted");
    }

    private static void row(Html html, String name, MetricEstimate metric, String unit) {
        html.open("tr").leaf("td", name);
        html.leaf("td", Format.metric(unit, metric.before()), "class", "n");
        html.leaf("td", Format.metric(unit, metric.after()), "class", "n strong");
        html.leaf("td", Format.interval(unit, metric.low(), metric.high()), "class", "n muted");
        html.leaf("td", unit.endsWith("Rate") ? "–" : Format.percent(metric.saving()), "class", "n");
        html.leaf("td", metric.source().name().toLowerCase(Locale.ROOT)).close();
    }
}

package dev.fettle.core.report;

import dev.fettle.api.plan.Plan;
import dev.fettle.api.validate.ValidationReport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The report as one self-contained page: no script, nothing loaded from elsewhere, light and dark as the reader's system
 * is. The page is well-formed XML, too.
 */
public final class HtmlReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    public static String write(ReportInput input) {
        ReportModel model = ReportModel.of(input);
        Html html = new Html();
        html.raw("<!DOCTYPE html>\n");
        html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'unsafe-inline'");
        html.leaf("title", "Fettle: " + input.title());
        html.open("style").raw(StyleSheet.CSS).close().close();
        html.open("body").open("main");
        header(html, model);
        PlanSection.write(html, model);
        ValidationSection.write(html, model);
        GraphSection.write(html, model);
        TimelineSection.write(html, model);
        HotSpotSection.write(html, model);
        BottleneckSection.write(html, model);
        SuggestionSection.write(html, model);
        notes(html, model);
        html.close().close().close();
        return html.toString();
    }

    private static void header(Html html, ReportModel model) {
        ReportInput input = model.input();
        html.open("header", "class", "top").open("div");
        html.leaf("p", "Fettle report", "class", "eyebrow");
        html.open("h1").text(input.title());
        ValidationReport validation = input.validation();
        if (validation != null) {
            String verdict = validation.verdict().name();
            html.text(" ").leaf("span", verdict, "class", "badge verdict-" + verdict.toLowerCase(Locale.ROOT));
        }
        html.close();
        html.leaf("p", summary(input), "class", "lead").close();
        html.leaf("p", TIME.format(input.generatedAt()), "class", "muted").close();
        html.open("div", "class", "figures");
        for (ReportModel.Figure figure : model.figures()) {
            html.open("div", "class", "figure").leaf("small", figure.name());
            html.leaf("b", figure.quantity().shown());
            html.leaf("span", figure.quantity().interval(), "class", "muted");
            html.leaf(
                    "span",
                    figure.quantity().label(),
                    "class",
                    "source " + figure.quantity().label());
            html.close();
        }
        html.close();
    }

    /** One sentence: what was read and what came of it. */
    static String summary(ReportInput input) {
        TraceCounts traces = input.traces();
        StringBuilder text = new StringBuilder();
        text.append(Format.plural(traces.read(), traces.recorded() ? "recorded run" : "trace"))
                .append(traces.recorded() ? "" : " read")
                .append(traces.incomplete() > 0 ? ", " + Format.count(traces.incomplete()) + " of them incomplete" : "")
                .append(
                        traces.rejected().isEmpty()
                                ? ""
                                : ", " + traces.rejected().size() + " rejected");
        text.append("; ").append(Format.plural(input.bottlenecks().size(), "bottleneck"));
        Plan plan = input.plan();
        if (plan != null || !input.suggestions().isEmpty()) {
            text.append(", ").append(Format.plural(input.suggestions().size(), "suggestion"));
        }
        if (plan != null) {
            int chosen = plan.suggestions().size();
            text.append(chosen == 0 ? "; no suggestion pays" : ", " + chosen + " of them in the plan");
        }
        return text.append('.').toString();
    }

    private static void notes(Html html, ReportModel model) {
        ReportInput input = model.input();
        list(html, "assumptions", "Assumptions", model.assumptions());
        list(html, "next", "Next steps and undo", input.nextSteps());
        if (!input.traces().rejected().isEmpty()) {
            html.open("section", "id", "rejected").leaf("h2", "Not used").open("ul");
            input.traces().rejected().forEach(one -> html.open("li")
                    .leaf("code", one.source())
                    .text(": " + one.reason())
                    .close());
            html.close().close();
        }
        html.open("footer")
                .text(
                        "Measured: counted or timed in runs. Estimated: derived from measurements, with an interval. Assumed:"
                                + " stated by somebody.")
                .close();
    }

    private static void list(Html html, String id, String title, Iterable<String> lines) {
        if (!lines.iterator().hasNext()) {
            return;
        }
        html.open("section", "id", id).leaf("h2", title).open("ul");
        lines.forEach(line -> html.leaf("li", line));
        html.close().close();
    }
}

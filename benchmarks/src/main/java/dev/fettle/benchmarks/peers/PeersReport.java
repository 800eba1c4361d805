package dev.fettle.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison in words and tables: ranked, over time, and over evaluations. */
final class PeersReport {
    private static final double[] TIMES = {0.1, 0.3, 1, 3, 10, 30, 60, 300};
    private static final long[] EVALUATIONS = {1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private final Comparison comparison;

    /** A table with its heading; the first row holds the names of the columns. */
    private record Table(String heading, List<List<String>> rows) {}

    PeersReport(Comparison comparison) {
        this.comparison = comparison;
    }

    private String title() {
        return "Search on " + comparison.instance();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "%s s for each system and seed, %d seed%s, one after the other on this machine (%d processors).",
                number(comparison.seconds()),
                comparison.seeds(),
                comparison.seeds() == 1 ? "" : "s",
                Runtime.getRuntime().availableProcessors()));
        String reference = score(comparison.reference());
        notes.add(
                comparison.proved()
                        ? "Gaps are to the optimum, " + reference + ", which CP-SAT proved or --optimum states."
                        : "Gaps are to the best score found, " + reference + "; the optimum is not proved"
                                + (Double.isFinite(comparison.lowerBound())
                                        ? " (lower bound " + score(comparison.lowerBound()) + ")."
                                        : "."));
        return notes;
    }

    private List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        tables.add(new Table("Ranking", ranking()));
        tables.add(new Table("Median gap over time", overTime()));
        tables.add(new Table("Median gap over evaluations", overEvaluations()));
        return tables;
    }

    private List<List<String>> ranking() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("system", "best (median)", "gap (median)", "quartiles", "worst", "evaluations/s"));
        for (Standing standing : comparison.standings()) {
            double speed = standing.evaluationsPerSecond();
            rows.add(List.of(
                    standing.system(),
                    score(standing.medianBest()),
                    gap(standing.medianBest()),
                    gap(standing.quantile(Standing.Run::best, 0.25)) + " to "
                            + gap(standing.quantile(Standing.Run::best, 0.75)),
                    gap(standing.quantile(Standing.Run::best, 1)),
                    speed > 0 ? String.format(Locale.ROOT, "%,d", Math.round(speed)) : "not counted"));
        }
        return rows;
    }

    private List<List<String>> overTime() {
        List<Double> times = new ArrayList<>();
        for (double time : TIMES) {
            if (time < comparison.seconds()) {
                times.add(time);
            }
        }
        times.add(comparison.seconds());
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("system", times.stream().map(time -> number(time) + " s").toList()));
        for (Standing standing : comparison.standings()) {
            rows.add(row(
                    standing.system(),
                    times.stream()
                            .map(time -> gap(standing.median(run -> run.course().after(time))))
                            .toList()));
        }
        return rows;
    }

    private List<List<String>> overEvaluations() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(
                "system",
                IntStream.range(0, EVALUATIONS.length)
                        .mapToObj(i -> String.format(Locale.ROOT, "%,d", EVALUATIONS[i]))
                        .toList()));
        for (Standing standing : comparison.standings()) {
            if (standing.evaluationsPerSecond() > 0) {
                List<String> cells = new ArrayList<>();
                for (long count : EVALUATIONS) {
                    boolean reached = standing.median(Standing.Run::evaluations) >= count;
                    cells.add(reached ? gap(standing.median(run -> run.course().afterEvaluations(count))) : "");
                }
                rows.add(row(standing.system(), cells));
            }
        }
        return rows;
    }

    private static List<String> row(String first, List<String> rest) {
        List<String> row = new ArrayList<>(List.of(first));
        row.addAll(rest);
        return row;
    }

    private String gap(double score) {
        return Double.isInfinite(score)
                ? "none yet"
                : String.format(Locale.ROOT, "%.3f %%", 100 * comparison.gap(score));
    }

    private static String score(double value) {
        return String.format(Locale.ROOT, "%.8f", value);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Columns in line, for a terminal. */
    String text() {
        List<List<String>> rows = ranking();
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                text.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            text.append('\n');
        }
        notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + title() + "\n\n");
        notes().forEach(note -> text.append(note).append('\n'));
        for (Table table : tables()) {
            text.append("\n## ").append(table.heading()).append("\n\n");
            for (int i = 0; i < table.rows().size(); i++) {
                List<String> row = table.rows().get(i);
                text.append("| ").append(String.join(" | ", row)).append(" |\n");
                if (i == 0) {
                    text.append("|").append(" --- |".repeat(row.size())).append('\n');
                }
            }
        }
        return text.toString();
    }

    String html() {
        StringBuilder text = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
                table { border-collapse: collapse; display: block; overflow-x: auto }
                th, td { padding: .3rem .8rem; border-bottom: 1px solid #8884; text-align: right; white-space: nowrap }
                th:first-child, td:first-child { text-align: left }
                </style></head><body>
                <h1>%s</h1>
                """.formatted(escaped(title()), escaped(title())));
        notes().forEach(note -> text.append("<p>").append(escaped(note)).append("</p>\n"));
        for (Table table : tables()) {
            text.append("<h2>").append(escaped(table.heading())).append("</h2>\n<table>\n");
            for (int i = 0; i < table.rows().size(); i++) {
                String cell = i == 0 ? "th" : "td";
                text.append(table.rows().get(i).stream()
                        .map(value -> "<" + cell + ">" + escaped(value) + "</" + cell + ">")
                        .collect(Collectors.joining("", "<tr>", "</tr>\n")));
            }
            text.append("</table>\n");
        }
        return text.append("</body></html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

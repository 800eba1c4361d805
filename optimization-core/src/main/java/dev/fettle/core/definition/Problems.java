package dev.fettle.core.definition;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with one text, so that all of it is reported at once. */
public final class Problems {
    private static final int MOST_SHOWN = 50;

    private final String source;
    private final List<Problem> problems = new ArrayList<>();

    public Problems(String source) {
        this.source = source;
    }

    /** One thing that is wrong, and where. */
    public record Problem(Place place, String message) {}

    public void add(Place place, String message) {
        problems.add(new Problem(place, message));
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> list() {
        return problems.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }

    /** All problems as one error, a line each: {@code file:line:column: message}. */
    public FettleException toException() {
        StringBuilder message = new StringBuilder();
        List<Problem> sorted = list();
        for (Problem problem : sorted.subList(0, Math.min(MOST_SHOWN, sorted.size()))) {
            message.append(message.isEmpty() ? "" : "\n")
                    .append(source)
                    .append(':')
                    .append(problem.place().line())
                    .append(':')
                    .append(problem.place().column())
                    .append(": ")
                    .append(problem.message());
        }
        if (sorted.size() > MOST_SHOWN) {
            message.append("\n... and ").append(sorted.size() - MOST_SHOWN).append(" more problems");
        }
        return new FettleException(ErrorCode.BAD_INPUT, message.toString());
    }
}

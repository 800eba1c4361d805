package dev.fettle.core.report;

import dev.fettle.api.detect.Severity;
import dev.fettle.api.validate.ValidationVerdict;

/** Lines of text of a given width, with colour where it is wanted. */
final class Terminal {
    static final String GREEN = "32";
    static final String ORANGE = "33";
    static final String RED = "31";
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final int LEAST_WIDTH = 80;
    private static final int GREATEST_WIDTH = 120;

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final boolean colour;

    Terminal(int width, boolean colour) {
        this.width = Math.max(LEAST_WIDTH, Math.min(GREATEST_WIDTH, width));
        this.colour = colour;
    }

    int width() {
        return width;
    }

    void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    void heading(String title) {
        line("");
        line(bold(title));
    }

    /** Text broken at spaces, each line indented. A word that is longer than a line stays whole. */
    void wrapped(String words, int indent) {
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        boolean fresh = true;
        for (String word : plain(words).split(" +", -1)) {
            if (!fresh && line.length() + 1 + word.length() > width) {
                line(line.toString());
                line = new StringBuilder(" ".repeat(indent));
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        line(line.toString());
    }

    /** As much of the text as there is room for after so many columns. */
    String fit(String detail, int used) {
        int room = width - used;
        return detail.length() <= room ? detail : detail.substring(0, room - 1) + "…";
    }

    String bold(String part) {
        return colour(BOLD, part);
    }

    String dim(String part) {
        return colour(DIM, part);
    }

    String colour(String code, String part) {
        return colour && !part.isEmpty() ? "\u001B[" + code + "m" + part + "\u001B[0m" : part;
    }

    static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> RED;
            case MEDIUM -> ORANGE;
            case LOW -> DIM;
        };
    }

    static String verdict(ValidationVerdict verdict) {
        return switch (verdict) {
            case APPROVE -> GREEN;
            case CONDITIONAL, MARGINAL, INCONCLUSIVE -> ORANGE;
            case REJECT -> RED;
        };
    }

    /** Names and messages come from traces: control characters in them must not reach the terminal. */
    static String plain(String untrusted) {
        StringBuilder safe = new StringBuilder(untrusted.length());
        untrusted.codePoints().forEach(point -> {
            boolean unsafe = Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
            safe.appendCodePoint(unsafe ? ' ' : point);
        });
        return safe.toString();
    }

    /** Fills up with spaces on the right. */
    static String pad(String part, int columns) {
        return part + " ".repeat(Math.max(0, columns - columns(part)));
    }

    /** Fills up with spaces on the left. */
    static String left(String part, int columns) {
        return " ".repeat(Math.max(0, columns - columns(part))) + part;
    }

    private static int columns(String part) {
        return part.codePointCount(0, part.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

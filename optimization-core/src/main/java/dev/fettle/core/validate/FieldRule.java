package dev.fettle.core.validate;

import java.util.ArrayList;
import java.util.List;

/**
 * How one field of the output is compared.
 *
 * @param path keys joined by dots and list positions in brackets, as in {@code review.findings[*].seconds}; {@code *}
 *     stands for any one key, {@code [*]} for any position, and a trailing {@code **} for everything below
 * @param tolerance greatest absolute difference of numbers; only used by {@link Compare#TOLERANCE}
 */
public record FieldRule(String path, Compare compare, double tolerance) {
    /** Ways to compare. */
    public enum Compare {
        EXACT,
        /** Whatever is there, or is not there, is fine. */
        IGNORE,
        /** Numbers may differ by the tolerance. */
        TOLERANCE,
        /** The order of a list does not matter; how often an element occurs does. */
        SET
    }

    public FieldRule {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(
                    "the tolerance of (" + path + ") is (" + tolerance + "); expected a finite number of at least 0");
        }
    }

    boolean matches(List<String> actual) {
        List<String> wanted = segments(path);
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (segment.equals("**") && i == wanted.size() - 1) {
                return actual.size() > i;
            }
            if (i >= actual.size() || !matches(segment, actual.get(i))) {
                return false;
            }
        }
        return wanted.size() == actual.size();
    }

    private static boolean matches(String wanted, String actual) {
        if (wanted.equals(actual)) {
            return true;
        }
        if (!actual.startsWith("[")) {
            return wanted.equals("*");
        }
        return wanted.equals("[*]") || (actual.equals("[*]") && wanted.startsWith("["));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.split("\\.", -1)) {
            int bracket = part.indexOf('[');
            if (bracket != 0) {
                segments.add(bracket < 0 ? part : part.substring(0, bracket));
            }
            while (bracket >= 0) {
                int end = part.indexOf(']', bracket);
                if (end < 0) {
                    segments.add(part.substring(bracket));
                    break;
                }
                segments.add(part.substring(bracket, end + 1));
                bracket = part.indexOf('[', end);
            }
        }
        return segments;
    }

    /** The path as a person writes it. */
    static String show(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String segment : path) {
            if (text.length() > 0 && !segment.startsWith("[")) {
                text.append('.');
            }
            text.append(segment);
        }
        return text.length() == 0 ? "output" : text.toString();
    }
}

package dev.fettle.core.validate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first difference between two JSON values. Map keys have no order and numbers compare by value, so that 1 and 1.0 are
 * equal; a number that is not finite cannot be compared.
 */
final class JsonDifference {
    private static final int SHOWN = 80;

    private final List<FieldRule> rules;

    private JsonDifference(List<FieldRule> rules) {
        this.rules = rules;
    }

    /** The first difference in the order of keys and positions; empty when there is none. */
    static Optional<String> first(@Nullable Object original, @Nullable Object candidate, List<FieldRule> rules) {
        return new JsonDifference(rules).compare(new ArrayList<>(), original, candidate);
    }

    /** Whether a number in the value is NaN or infinite. */
    static boolean holdsNonFinite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(JsonDifference::holdsNonFinite);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(JsonDifference::holdsNonFinite);
        }
        return (value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue());
    }

    private Optional<String> compare(List<String> path, @Nullable Object original, @Nullable Object candidate) {
        FieldRule rule = rules.stream()
                .filter(candidateRule -> candidateRule.matches(path))
                .findFirst()
                .orElse(null);
        if (rule != null && rule.compare() == FieldRule.Compare.IGNORE) {
            return Optional.empty();
        }
        if (original instanceof Map<?, ?> first && candidate instanceof Map<?, ?> second) {
            return maps(path, first, second);
        }
        if (original instanceof List<?> first && candidate instanceof List<?> second) {
            return rule != null && rule.compare() == FieldRule.Compare.SET
                    ? sets(path, first, second)
                    : lists(path, first, second);
        }
        if (original instanceof Number first && candidate instanceof Number second) {
            double tolerance = rule != null && rule.compare() == FieldRule.Compare.TOLERANCE ? rule.tolerance() : 0;
            return equal(first, second, tolerance) ? Optional.empty() : differ(path, first, second);
        }
        boolean same = original == null ? candidate == null : original.equals(candidate);
        return same ? Optional.empty() : differ(path, original, candidate);
    }

    private Optional<String> maps(List<String> path, Map<?, ?> original, Map<?, ?> candidate) {
        Set<String> keys = new TreeSet<>();
        original.keySet().forEach(key -> keys.add(String.valueOf(key)));
        candidate.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            path.add(key);
            if (original.containsKey(key) != candidate.containsKey(key)) {
                if (compare(path, Absent.VALUE, null).isPresent()) {
                    boolean gone = original.containsKey(key);
                    return Optional.of(FieldRule.show(path) + ": "
                            + (gone
                                    ? shown(original.get(key)) + " is missing"
                                    : shown(candidate.get(key)) + " is extra"));
                }
            } else {
                Optional<String> difference = compare(path, original.get(key), candidate.get(key));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            path.remove(path.size() - 1);
        }
        return Optional.empty();
    }

    /** Stands for a value that is not there, so that only a rule can make it equal to anything. */
    private enum Absent {
        VALUE
    }

    private Optional<String> lists(List<String> path, List<?> original, List<?> candidate) {
        for (int i = 0; i < Math.min(original.size(), candidate.size()); i++) {
            path.add("[" + i + "]");
            Optional<String> difference = compare(path, original.get(i), candidate.get(i));
            if (difference.isPresent()) {
                return difference;
            }
            path.remove(path.size() - 1);
        }
        return original.size() == candidate.size()
                ? Optional.empty()
                : Optional.of(FieldRule.show(path) + ": " + original.size() + " items became " + candidate.size());
    }

    /** Lists as bags: each element of one must match an element of the other that matches no other. */
    private Optional<String> sets(List<String> path, List<?> original, List<?> candidate) {
        if (original.size() != candidate.size()) {
            return Optional.of(FieldRule.show(path) + ": " + original.size() + " items became " + candidate.size());
        }
        List<Object> open = new ArrayList<>(candidate);
        path.add("[*]");
        for (Object element : original) {
            boolean found = false;
            for (int i = 0; i < open.size() && !found; i++) {
                if (compare(new ArrayList<>(path), element, open.get(i)).isEmpty()) {
                    open.remove(i);
                    found = true;
                }
            }
            if (!found) {
                return Optional.of(FieldRule.show(path) + ": " + shown(element) + " has no equal");
            }
        }
        path.remove(path.size() - 1);
        return Optional.empty();
    }

    private static boolean equal(Number first, Number second, double tolerance) {
        if (first.equals(second)) {
            return true;
        }
        double a = first.doubleValue();
        double b = second.doubleValue();
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return false;
        }
        if (tolerance > 0) {
            return Math.abs(a - b) <= tolerance;
        }
        return new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString())) == 0;
    }

    private static Optional<String> differ(List<String> path, @Nullable Object original, @Nullable Object candidate) {
        return Optional.of(FieldRule.show(path) + ": " + shown(original) + " became " + shown(candidate));
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String string ? '"' + string + '"' : String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}

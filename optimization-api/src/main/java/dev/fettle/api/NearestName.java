package dev.fettle.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant, for error messages. */
public final class NearestName {
    private NearestName() {}

    /** The nearest of the names by edit distance (Levenshtein, 1966); empty where none is near. */
    public static Optional<String> of(String name, Collection<String> names) {
        int limit = Math.max(1, Math.min(name.length(), 30) / 3);
        return names.stream()
                .filter(other -> distance(name, other) <= limit)
                .min(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message: {@code . Maybe (slow-node)}, or the list of names where none is near. */
    public static String hint(String name, Collection<String> names) {
        return of(name, names)
                .map(near -> ". Maybe (" + near + ")")
                .orElseGet(() -> names.isEmpty()
                        ? "; there are none"
                        : "; expected one of "
                                + names.stream().sorted().limit(30).toList());
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > 10) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

package dev.fettle.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant, for error messages. */
@Stable
public final class NearestName {
    private NearestName() {}

    /** The nearest of the names by edit distance with transpositions (Damerau, 1964); empty where none is near. */
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
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substitution = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}

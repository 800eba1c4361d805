package dev.fettle.examples.reporeview.source;

/** How many letters must be added, dropped or changed to get from one word to another (Levenshtein, 1966). */
public final class EditDistance {
    private EditDistance() {}

    /** The distance, by the algorithm of Wagner and Fischer (The String-to-String Correction Problem, 1974). */
    public static int between(String from, String to) {
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int addOrDrop = Math.min(previous[column], current[column - 1]) + 1;
                current[column] = Math.min(addOrDrop, previous[column - 1] + change);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[to.length()];
    }
}

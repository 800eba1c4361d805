package dev.fettle.api.search;

import dev.fettle.api.Stable;

/**
 * One thing to decide. A candidate holds an option's index for each decision; for numbers the indices are evenly spaced
 * from {@code low} to {@code high}.
 *
 * @param options how many there are; at least 1
 * @param low value of option 0; 0 for a choice
 * @param high value of the last option; {@code options - 1} for a choice
 */
@Stable
public record Decision(String name, Kind kind, int options, double low, double high) {
    /** How options relate to each other. */
    public enum Kind {
        /** No order. */
        CHOICE,
        INTEGER,
        REAL
    }

    /** Enough levels to make a real number's grid finer than any use of it. */
    private static final int REAL_LEVELS = (1 << 20) + 1;

    public static Decision choice(String name, int options) {
        return new Decision(name, Kind.CHOICE, options, 0, options - 1.0);
    }

    public static Decision integer(String name, int low, int high) {
        return new Decision(name, Kind.INTEGER, high - low + 1, low, high);
    }

    public static Decision real(String name, double low, double high) {
        return new Decision(name, Kind.REAL, REAL_LEVELS, low, high);
    }

    /** The number that an option stands for. */
    public double value(int option) {
        return options == 1 ? low : low + (high - low) * option / (options - 1);
    }
}

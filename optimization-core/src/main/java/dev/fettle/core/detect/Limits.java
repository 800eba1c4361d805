package dev.fettle.core.detect;

/** Refuses settings that no threshold can have. */
final class Limits {
    private Limits() {}

    static void share(String setting, double value) {
        require(value >= 0 && value <= 1, setting, value, "a share between 0 and 1");
    }

    static void atLeast(int least, String setting, double value) {
        require(value >= least && value < Double.POSITIVE_INFINITY, setting, value, "at least " + least);
    }

    private static void require(boolean usable, String setting, double value, String expected) {
        if (!usable) {
            throw new IllegalArgumentException(setting + " (" + value + ") must be " + expected);
        }
    }
}

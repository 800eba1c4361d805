package dev.fettle.search.run;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;

/** Refuses unusable settings. */
public final class Checks {
    private Checks() {}

    /**
     * @param setting its name with the algorithm's, as in {@code annealing.reheats}
     * @param expected such as "expected at least 1"
     */
    public static void check(boolean usable, String setting, Object value, String expected) {
        if (!usable) {
            throw new FettleException(
                    ErrorCode.USAGE, "The setting " + setting + " (" + value + ") is not usable; " + expected + ".");
        }
    }
}

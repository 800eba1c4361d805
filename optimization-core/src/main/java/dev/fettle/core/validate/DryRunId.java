package dev.fettle.core.validate;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a run in a dry run, which says where the run belongs, also to a later process.
 *
 * @param number of the pair, or of the warm-up, from 0
 */
public record DryRunId(boolean warmUp, int number, Role role) {
    private static final Pattern FORM =
            Pattern.compile("dry-run-(pair|warm-up)-([0-9]{1,9})-(original|again|candidate)");

    /** Which version a run is of. */
    public enum Role {
        ORIGINAL("original"),
        /** The original once more, in a pair of the original with itself. */
        AGAIN("again"),
        CANDIDATE("candidate");

        private final String word;

        Role(String word) {
            this.word = word;
        }
    }

    /** @throws IllegalArgumentException where the text is not the id of a run in a dry run */
    public static DryRunId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the run id is (" + text + "); expected " + FORM);
        }
        Role role = Role.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
        return new DryRunId(matcher.group(1).equals("warm-up"), Integer.parseInt(matcher.group(2)), role);
    }

    @Override
    public String toString() {
        return "dry-run-" + (warmUp ? "warm-up" : "pair") + "-" + number + "-" + role.word;
    }
}

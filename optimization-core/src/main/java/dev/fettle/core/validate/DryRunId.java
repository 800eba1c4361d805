package dev.fettle.core.validate;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a run in a dry run, which says where the run belongs, also to a later process.
 *
 * @param number in its phase, from 0, by the place in the schedule, so that it does not depend on what other runs gave
 */
public record DryRunId(Phase phase, int number, Role role) {
    /** Pairs of an input that is asked again. */
    private static final int ONCE_MORE = 2 * Confirmation.ROUNDS;

    private static final Pattern FORM =
            Pattern.compile("dry-run-(pair|warm-up|once-more)-([0-9]{1,9})-(original|again|candidate)");

    /** What a run is for. */
    public enum Phase {
        WARM_UP("warm-up"),
        PAIR("pair"),
        /** Asked again where the versions differed. */
        ONCE_MORE("once-more");

        private final String word;

        Phase(String word) {
            this.word = word;
        }
    }

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
        Phase phase = Phase.valueOf(matcher.group(1).replace('-', '_').toUpperCase(Locale.ROOT));
        return new DryRunId(phase, Integer.parseInt(matcher.group(2)), role);
    }

    /** The round of a pair that is run again because the one at this place of the schedule differed. */
    static int onceMore(int place, int round) {
        return place * ONCE_MORE + round;
    }

    /** The name of the two runs that are compared with each other. */
    public String pair() {
        return phase.word + "-" + number;
    }

    @Override
    public String toString() {
        return "dry-run-" + pair() + "-" + role.word;
    }
}

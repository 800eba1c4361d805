package dev.fettle.api.validate;

import dev.fettle.api.Stable;

/**
 * Whether two outputs are the same for the user's purpose.
 *
 * @param difference where they differ, as a path and two values; empty when they do not
 */
@Stable
public record Judgement(Outcome outcome, String difference) {
    /** An inconclusive judgement never counts as equivalent. */
    public enum Outcome {
        EQUIVALENT,
        DIFFERENT,
        INCONCLUSIVE
    }

    public static final Judgement EQUIVALENT = new Judgement(Outcome.EQUIVALENT, "");
}

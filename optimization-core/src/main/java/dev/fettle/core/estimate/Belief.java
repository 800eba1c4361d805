package dev.fettle.core.estimate;

import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Something that a replay needs and the record of the base workflow does not hold: what a changed node, tool or model takes.
 * Stated by a strategy, or derived from the sample or the table of models.
 *
 * @param tool the recorded tool whose calls change; null for other subjects
 * @param basis in words, with who says so
 */
record Belief(
        String node,
        Subject subject,
        @Nullable String tool,
        Amount seconds,
        Amount usd,
        Amount quality,
        Source source,
        String basis) {
    /** What a belief is about. */
    enum Subject {
        /** The whole occurrence, nested ones included. */
        OCCURRENCE,
        TOOL,
        MODEL
    }

    static Belief of(ExpectedOutcome outcome) {
        Subject subject = outcome.tool() == null ? Subject.OCCURRENCE : Subject.TOOL;
        return new Belief(
                outcome.node(),
                subject,
                outcome.tool(),
                outcome.seconds(),
                outcome.usd(),
                outcome.quality(),
                outcome.source(),
                outcome.basis());
    }

    /** The belief with all its amounts at the lower or the upper end of their intervals. */
    Belief at(boolean upper) {
        return new Belief(
                node, subject, tool, end(seconds, upper), end(usd, upper), end(quality, upper), source, basis);
    }

    private static Amount end(Amount amount, boolean upper) {
        double value = upper ? amount.high() : amount.low();
        return new Amount(amount.factor(), value, value, value);
    }

    boolean certain() {
        return certain(seconds) && certain(usd) && certain(quality);
    }

    private static boolean certain(Amount amount) {
        return amount.low() == amount.high();
    }

    boolean concerns(String recordedTool) {
        return subject == Subject.TOOL && recordedTool.equals(tool);
    }
}

package dev.fettle.runtime.model;

/**
 * Counts tokens by a fixed rule, for the offline model. The rule, {@code fettle-pieces-4}: a run of letters or digits counts
 * one token for each 4 characters begun, every other visible character counts one, and white space counts none. It comes
 * near the counts of byte-pair encoders for English text and source code, and is none of them.
 */
public final class TokenCounter {
    /** Name of the rule, for reports. */
    public static final String RULE = "fettle-pieces-4";

    private static final int PIECE = 4;

    private TokenCounter() {}

    public static int count(String text) {
        int tokens = 0;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isLetterOrDigit(point)) {
                tokens += run % PIECE == 0 ? 1 : 0;
                run++;
            } else {
                run = 0;
                tokens += Character.isWhitespace(point) ? 0 : 1;
            }
        }
        return tokens;
    }
}

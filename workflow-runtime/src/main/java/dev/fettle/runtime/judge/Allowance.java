package dev.fettle.runtime.judge;

import org.jspecify.annotations.Nullable;

/** What a judge may spend in all. Safe for use by several threads. */
final class Allowance {
    /** A token has about four characters; fewer here, so that a guess is rather too high. */
    private static final double CHARACTERS_PER_TOKEN = 3;

    private double spentUsd;
    private int calls;

    /**
     * Prices and limits.
     *
     * @param usdPerMillionInput tokens; null where it is not known, and then only calls are counted
     * @param maxUsd most money in all
     * @param maxCalls most calls in all
     */
    record Limits(
            @Nullable Double usdPerMillionInput, @Nullable Double usdPerMillionOutput, double maxUsd, int maxCalls) {
        double usd(double input, double output) {
            double in = usdPerMillionInput == null ? 0 : usdPerMillionInput;
            double out = usdPerMillionOutput == null ? 0 : usdPerMillionOutput;
            return (input * in + output * out) / 1e6;
        }
    }

    static double tokens(String text) {
        return Math.ceil(text.length() / CHARACTERS_PER_TOKEN);
    }

    /** Takes the money for a call; false where it would go beyond a limit, and then nothing is taken. */
    synchronized boolean take(Limits limits, double usd) {
        if (calls >= limits.maxCalls() || spentUsd + usd > limits.maxUsd()) {
            return false;
        }
        calls++;
        spentUsd += usd;
        return true;
    }

    /** Puts right what was guessed before a call. */
    synchronized void settle(double guessed, double actual) {
        spentUsd += actual - guessed;
    }
}

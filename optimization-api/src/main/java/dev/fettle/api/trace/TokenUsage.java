package dev.fettle.api.trace;

import dev.fettle.api.Stable;

/**
 * Tokens of one or more model calls.
 *
 * @param input prompt tokens, cached ones included
 * @param output completion tokens, reasoning included
 * @param cachedInput the part of the input that the provider read from its prompt cache
 */
@Stable
public record TokenUsage(long input, long output, long cachedInput) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, output + other.output, cachedInput + other.cachedInput);
    }

    public long total() {
        return input + output;
    }
}

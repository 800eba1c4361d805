package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import org.jspecify.annotations.Nullable;

/**
 * Compares the value of a state key with a constant.
 *
 * @param key the state key
 * @param value text, number, boolean or null
 */
@Evolving
public record Comparison(
        String key, Operator operator, @Nullable Object value) {

    /** Ordered operators need numbers on both sides. */
    public enum Operator {
        EQUALS,
        NOT_EQUALS,
        LESS_THAN,
        AT_MOST,
        GREATER_THAN,
        AT_LEAST,
        /** The key holds a non-empty text, list or map, a number, or true. The value is not used. */
        PRESENT
    }
}

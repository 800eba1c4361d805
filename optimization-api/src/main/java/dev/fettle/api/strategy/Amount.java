package dev.fettle.api.strategy;

import dev.fettle.api.Evolving;

/**
 * A quantity after a change: a factor on what was recorded, or a value of its own.
 *
 * @param factor true where the numbers multiply the recorded value, false where they replace it
 * @param low and {@code high}: 90 % interval
 */
@Evolving
public record Amount(boolean factor, double value, double low, double high) {
    public static final Amount UNCHANGED = new Amount(true, 1, 1, 1);

    public static Amount factor(double value, double low, double high) {
        return new Amount(true, value, low, high);
    }

    public static Amount absolute(double value) {
        return new Amount(false, value, value, value);
    }

    public static Amount absolute(double value, double low, double high) {
        return new Amount(false, value, low, high);
    }

    /** The amount when this much was recorded. */
    public double of(double recorded) {
        return factor ? recorded * value : value;
    }
}

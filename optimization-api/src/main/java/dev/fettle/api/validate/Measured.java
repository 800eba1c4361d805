package dev.fettle.api.validate;

import dev.fettle.api.Stable;

/**
 * A measured value with its 95 % interval.
 */
@Stable
public record Measured(double value, double low, double high) {}

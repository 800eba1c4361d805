package dev.fettle.api.validate;

/**
 * A measured value with its 95 % interval.
 */
public record Measured(double value, double low, double high) {}

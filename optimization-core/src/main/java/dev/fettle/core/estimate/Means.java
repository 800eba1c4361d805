package dev.fettle.core.estimate;

/**
 * Means over replayed runs.
 *
 * @param usd NaN where no price is known
 * @param quality relative to the record; losses of several changes add up, so that it may leave [0, 1]
 * @param success NaN where no run's status is known
 * @param lost part of the runs that would fail and did not in the record, in [0, 1]
 * @param memoryBytes the greatest of all runs; 0 where not recorded
 */
public record Means(double seconds, double usd, double quality, double success, double lost, double memoryBytes) {}

package dev.fettle.core.estimate;

/**
 * What one run comes to when replayed.
 *
 * @param usd of calls with a known price
 * @param unpricedCalls calls without one
 * @param pricedCalls model calls with one
 * @param success chance that the run succeeds, in [0, 1]; NaN where the recorded status is not known
 * @param rescued chance that a run that was recorded as failed goes on to the end, in [0, 1]
 * @param lost whether the run fails and did not in the record
 * @param quality relative to the record: 1 is the same
 * @param memoryBytes of nodes that may run at once, at most; 0 where not recorded
 * @param assumedSeconds by how much assumptions moved the time of steps
 */
record TraceOutcome(
        double seconds,
        double usd,
        int pricedCalls,
        int unpricedCalls,
        double success,
        double rescued,
        boolean lost,
        double quality,
        double memoryBytes,
        double assumedSeconds) {}

package dev.fettle.core.optimize;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import java.time.Duration;

/** Time of runs that went on alone, and in which of it they computed. */
final class Metered {
    /** Part of a run in which it computes, below which two of them hardly meet. */
    private static final double COMPUTING = 0.6;

    /** Processors that work for one run, above which two ask for more than there are, however fast these are. */
    private static final double SEVERAL = 1.1;

    /** Time of a run, below which the start of threads shows more than what processors share. */
    private static final double LEAST_SECONDS = 0.01;

    private double seconds;
    private double computed;
    private int runs;

    void add(ExecutionTrace trace) {
        runs++;
        seconds += seconds(trace.wallClock());
        trace.occurrences().forEach(occurrence -> computed += computed(occurrence));
    }

    double seconds() {
        return seconds;
    }

    /** Processors that worked for a run in the mean of its time. */
    double share() {
        return seconds > 0 ? computed / seconds : 0;
    }

    /** Whether these, at once with others, tell something of the machine. */
    boolean tells() {
        return share() >= COMPUTING && share() <= SEVERAL && seconds >= LEAST_SECONDS * runs;
    }

    /** Processor time in seconds; 0 where it was not recorded. */
    static double computed(NodeOccurrence occurrence) {
        Duration cpu = occurrence.cpu();
        return cpu == null ? 0 : seconds(cpu);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

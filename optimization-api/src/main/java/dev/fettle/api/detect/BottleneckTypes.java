package dev.fettle.api.detect;

import dev.fettle.api.Stable;

/** The bottleneck types of the detectors that come with Fettle. Plugins may use others. */
@Stable
public final class BottleneckTypes {
    public static final String SLOW_NODE = "slow-node";
    public static final String DOMINANT_NODE = "dominant-node";
    public static final String UNRELIABLE_NODE = "unreliable-node";
    public static final String UNRELIABLE_TOOL = "unreliable-tool";
    public static final String RISING_ERRORS = "rising-errors";
    public static final String EXPENSIVE_NODE = "expensive-node";
    public static final String EXPENSIVE_TOOL = "expensive-tool";
    public static final String MISSING_CACHING = "missing-caching";
    public static final String REPEATED_WORK = "repeated-work";
    public static final String UNUSED_OUTPUT = "unused-output";
    public static final String REDUNDANT_NODE = "redundant-node";
    public static final String BARRIER_SLACK = "barrier-slack";
    public static final String LOOP_WITHOUT_PROGRESS = "loop-without-progress";
    public static final String HIDDEN_SEQUENTIAL_WORK = "hidden-sequential-work";
    public static final String REPLACEABLE_TOOL = "replaceable-tool";

    private BottleneckTypes() {}
}

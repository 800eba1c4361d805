package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * Decisions that change the same steps, and these steps. A state is the combination of the decisions' options as one
 * number, 0 where all leave things as they are.
 */
final class Cluster {
    final int[] decisions;

    /** By decision of the cluster: what one more option adds to the state. */
    final int[] radixes;

    private final int[] optionCounts;
    final int states;

    /** Steps of all traces, trace after trace; those of trace t from {@code traceStarts[t]}. */
    final Step[] steps;

    final int[] traceStarts;

    /**
     * @param optionCounts by decision of the cluster
     * @param steps by trace
     */
    Cluster(int[] decisions, int[] optionCounts, List<List<Step>> steps) {
        this.decisions = decisions;
        this.optionCounts = optionCounts;
        this.radixes = new int[decisions.length];
        int count = 1;
        for (int i = 0; i < decisions.length; i++) {
            radixes[i] = count;
            count = Math.multiplyExact(count, optionCounts[i]);
        }
        this.states = count;
        traceStarts = new int[steps.size() + 1];
        List<Step> flat = new ArrayList<>();
        for (int t = 0; t < steps.size(); t++) {
            flat.addAll(steps.get(t));
            traceStarts[t + 1] = flat.size();
        }
        this.steps = flat.toArray(Step[]::new);
    }

    /** How many states there would be; saturates. */
    static long states(int[] optionCounts) {
        double states = 1;
        for (int count : optionCounts) {
            states *= count;
        }
        return (long) Math.min(states, Long.MAX_VALUE);
    }

    /** The state in which a candidate has the cluster. */
    int state(int[] candidate) {
        int state = 0;
        for (int i = 0; i < decisions.length; i++) {
            state += candidate[decisions[i]] * radixes[i];
        }
        return state;
    }

    /** The option of one of the cluster's decisions in a state. */
    int option(int state, int index) {
        return state / radixes[index] % optionCounts[index];
    }
}

package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a simulated run gave.
 *
 * @param state the final value of each key that has one
 */
@Stable
public record SimulatedRun(ExecutionTrace trace, Map<String, String> state) {
    public SimulatedRun {
        state = Collections.unmodifiableMap(new TreeMap<>(state));
    }

    /** The final values of the workflow's outputs; outputs without a value are absent. */
    public Map<String, String> output(Workflow workflow) {
        Set<String> keys = workflow.outputs();
        Map<String, String> output = new TreeMap<>(state);
        output.keySet().retainAll(keys);
        return output;
    }
}

package dev.fettle.runtime.node;

import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.util.Map;

/** Runs a whole workflow inside a node of another. */
public interface NestedRun {
    /**
     * Runs it to its end.
     *
     * @param parent the occurrence of the node; those of the nested run are inside it
     * @return the final state
     * @throws NodeFailure where it fails, is cancelled, or waits for a person
     */
    Map<String, StateValue> run(
            RunContext context, Map<String, StateValue> input, CancelScope scope, OpenOccurrence parent)
            throws NodeFailure;
}

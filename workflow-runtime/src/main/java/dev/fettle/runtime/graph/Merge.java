package dev.fettle.runtime.graph;

import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.NodeBody.Reducer;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.value.Reductions;
import dev.fettle.runtime.value.StateValue;
import java.util.Map;

/** Puts the writes of members together, in the order in which they are listed. */
final class Merge {
    private final String block;
    private final Map<String, Reducer> reducers;

    Merge(String block, Map<String, Reducer> reducers) {
        this.block = block;
        this.reducers = reducers;
    }

    /**
     * Adds a member's writes.
     *
     * @throws NodeFailure where two members wrote a key and there is no reducer for it, or one that does not fit
     */
    void add(Map<String, StateValue> into, Map<String, StateValue> writes) throws NodeFailure {
        for (Map.Entry<String, StateValue> write : writes.entrySet()) {
            String key = write.getKey();
            StateValue earlier = into.get(key);
            into.put(key, earlier == null ? write.getValue() : reduce(key, earlier, write.getValue()));
        }
    }

    private StateValue reduce(String key, StateValue earlier, StateValue later) throws NodeFailure {
        Reducer reducer = reducers.get(key);
        if (reducer == null) {
            throw new NodeFailure(
                    "two members of the parallel node (" + block + ") wrote the key (" + key
                            + "); declare a reducer for it or give them different keys",
                    false,
                    null);
        }
        try {
            return Reductions.reduce(reducer, earlier, later);
        } catch (NotJsonException e) {
            throw new NodeFailure(
                    "the writes to the key (" + key + ") in the parallel node (" + block + ") cannot be put together: "
                            + e.getMessage(),
                    false,
                    e);
        }
    }
}

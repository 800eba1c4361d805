package dev.fettle.runtime.graph;

import dev.fettle.runtime.value.StateValue;
import java.util.Map;
import java.util.TreeMap;
import org.bsc.langgraph4j.state.AgentState;

/** The state of a run as LangGraph4j passes it from node to node: from key to {@link StateValue}. */
final class WorkflowState extends AgentState {
    WorkflowState(Map<String, Object> data) {
        super(data);
    }

    /** The values by key, in order of the keys. */
    Map<String, StateValue> values() {
        Map<String, StateValue> values = new TreeMap<>();
        data().forEach((key, value) -> values.put(key, (StateValue) value));
        return values;
    }
}

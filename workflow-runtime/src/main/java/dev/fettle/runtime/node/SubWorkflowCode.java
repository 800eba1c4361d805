package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.value.StateValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Another workflow: takes the values of its inputs, and gives those of its outputs, under the same keys. */
final class SubWorkflowCode implements NodeCode {
    private final Node node;

    SubWorkflowCode(Node node) {
        this.node = node;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        RunContext nested = attempt.run().nested(node);
        Workflow workflow = nested.workflow();
        Map<String, StateValue> input = new TreeMap<>();
        for (String key : workflow.inputs()) {
            StateValue value = attempt.reads().get(key);
            if (value == null) {
                throw new FettleException(
                        ErrorCode.EXECUTION,
                        "its workflow (" + workflow.id() + ") needs the input (" + key
                                + "), which has no value here; expected all of " + workflow.inputs());
            }
            input.put(key, value);
        }
        Map<String, StateValue> state = nested.nestedRun().run(nested, input, attempt.scope(), attempt.occurrence());
        Collection<String> wanted = node.state().known() ? attempt.writes() : workflow.outputs();
        Map<String, @Nullable Object> updates = new LinkedHashMap<>();
        for (String key : wanted) {
            StateValue value = state.get(key);
            if (value != null) {
                updates.put(key, value.value());
            }
        }
        return updates;
    }
}

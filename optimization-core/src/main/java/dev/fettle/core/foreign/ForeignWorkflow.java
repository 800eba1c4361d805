package dev.fettle.core.foreign;

import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;

/**
 * A workflow of another framework.
 *
 * @param name in its file
 * @param workflow what it means here; state keys and effects are not known unless the kind of node says so
 * @param definition as it stands in the file, so that nothing is lost when it is written back
 * @param notes what could not be taken over, one sentence each
 */
public record ForeignWorkflow(String name, Workflow workflow, Map<String, Object> definition, List<String> notes) {
    public ForeignWorkflow {
        notes = List.copyOf(notes);
    }
}

package dev.fettle.api.definition;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * A workflow that was defined in the form of another framework.
 *
 * @param name in its file
 * @param workflow what it means here; state keys and effects that the definition does not tell are unknown
 * @param notes what could not be taken over, one sentence each
 */
@Evolving
public record ImportedWorkflow(String name, Workflow workflow, List<String> notes) {
    public ImportedWorkflow {
        notes = List.copyOf(notes);
    }
}

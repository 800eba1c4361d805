package dev.fettle.api.change;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * A pure function from workflow to workflow. Implementations are records; as JSON they are an object with their type's
 * name as {@code type}. Plugins add kinds of change by a {@link ChangeTypes}.
 */
@Stable
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface WorkflowChange {
    /** Applies the change. The result is well formed, or the change is refused; the argument is never modified. */
    ChangeResult apply(Workflow workflow);

    /** One line for a person, as in {@code remove node 'lint'}. */
    String describe();

    /** Applies changes in order; the first refusal ends it. */
    static ChangeResult applyAll(Workflow workflow, List<WorkflowChange> changes) {
        Workflow current = workflow;
        for (WorkflowChange change : changes) {
            ChangeResult result = change.apply(current);
            if (!(result instanceof ChangeResult.Applied applied)) {
                return result;
            }
            current = applied.workflow();
        }
        return new ChangeResult.Applied(current);
    }
}

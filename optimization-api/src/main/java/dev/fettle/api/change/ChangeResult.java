package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Workflow;

/** What applying a change gave: a well-formed workflow, or why it cannot be applied. */
@Stable
public sealed interface ChangeResult {
    record Applied(Workflow workflow) implements ChangeResult {}

    /**
     * @param reason one sentence with the values
     */
    record Refused(String reason) implements ChangeResult {}

    static ChangeResult refused(String reason) {
        return new Refused(reason);
    }
}

package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;

/**
 * A workflow that another one refers to.
 *
 * @param definition the file that it was read from: absolute, without links, so that equal paths mean the same workflow
 */
@Evolving
public record ResolvedWorkflow(Workflow workflow, Path definition) {
    /** The folder of the definition; its relative paths start here. */
    public Path directory() {
        Path folder = definition.getParent();
        return folder == null ? definition : folder;
    }
}

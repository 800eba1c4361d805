package dev.fettle.api.execute;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.Evolving;
import dev.fettle.api.FettleException;
import java.nio.file.Path;

/** Finds the workflows that sub-workflow nodes refer to. */
@Evolving
public interface WorkflowResolver {
    /** Finds none. */
    WorkflowResolver NONE = (reference, directory, root) -> {
        throw new FettleException(
                ErrorCode.EXECUTION,
                "the sub-workflow (" + reference + ") cannot be found, because definitions of other workflows are not"
                        + " read here; expected a run from a project folder");
    };

    /**
     * Reads the definition that a reference names.
     *
     * @param reference as the node states it: a path relative to the definition that holds the node, to a definition or to
     *     a folder with one
     * @param directory the folder of the definition that holds the node
     * @param root the folder of the outermost definition; what is not below it is refused
     * @throws FettleException where there is no such definition, where it is outside the root, or where it is not well
     *     formed
     */
    ResolvedWorkflow resolve(String reference, Path directory, Path root);
}

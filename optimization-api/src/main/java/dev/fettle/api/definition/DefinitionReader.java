package dev.fettle.api.definition;

import dev.fettle.api.Evolving;
import dev.fettle.api.Plugin;
import java.util.List;

/**
 * Reads definitions of workflows in the form of another framework. Registered with
 * {@code @AutoService(DefinitionReader.class)}.
 */
@Evolving
public interface DefinitionReader extends Plugin {
    /** Whether the text is of this form. Quick, and false for anything that it cannot make sense of. */
    boolean recognizes(String text);

    /**
     * Reads all workflows of a file, in their order; at least one.
     *
     * @throws dev.fettle.api.FettleException with the file, the node and what was expected
     */
    List<ImportedWorkflow> read(DefinitionSource source);
}

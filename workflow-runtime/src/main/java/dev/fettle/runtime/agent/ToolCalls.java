package dev.fettle.runtime.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the tools of a node for an agent: with caches, substitution, recorded effects and a record of each call. */
public interface ToolCalls {
    /**
     * @param name the node's name for the tool
     * @return a JSON value
     * @throws ToolFailedException where the tool itself fails, of which the model is told
     * @throws Exception where the run cannot go on
     */
    @Nullable
    Object call(String name, Map<String, Object> arguments) throws Exception;
}

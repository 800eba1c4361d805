package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.Plugin;
import java.util.Map;

/**
 * The code of a function or condition node, found by name. Registered with {@code @AutoService(NodeRunner.class)}.
 *
 * <p>State values are JSON values: null, {@link Boolean}, {@link Number}, {@link String}, {@link java.util.List} and
 * {@link Map} with text keys. They are shared between nodes and must not be modified.
 */
@Evolving
public interface NodeRunner extends Plugin {
    /** The key under which the runner of a condition node returns its label. */
    String LABEL = "label";

    /**
     * Runs the node.
     *
     * @return updates of the state: only keys that the node declares to write
     * @throws Exception to fail the node; its class is recorded as the error type
     */
    Map<String, Object> run(NodeContext context) throws Exception;
}

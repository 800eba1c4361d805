package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a node runner sees. */
@Evolving
public interface NodeContext {
    String nodeId();

    /** The values of the keys that the node declares to read; keys without a value are absent. */
    Map<String, Object> state();

    /** The keys that the node declares to write, in order. */
    List<String> writes();

    /** The node's parameters. */
    Map<String, Object> parameters();

    /** How often the node has run before in this run, from 0. */
    int iteration();

    /** The folder of the workflow's definition. */
    Path directory();

    /**
     * Calls a tool by the name under which the node knows it. The call is recorded; a substituted tool, a cache or a batch
     * takes effect here.
     *
     * @throws Exception what the tool throws
     */
    Object callTool(String name, Map<String, Object> arguments) throws Exception;

    /**
     * Calls a tool several times. Where the node has a batch policy for the tool, the calls are sent together; else they are
     * made one after the other.
     *
     * @return the results, in the order of the calls
     * @throws Exception what the tool throws
     */
    default List<Object> callTools(String name, List<Map<String, Object>> calls) throws Exception {
        List<Object> results = new ArrayList<>();
        for (Map<String, Object> arguments : calls) {
            results.add(callTool(name, arguments));
        }
        return results;
    }

    /** Whether the run was cancelled; long work asks now and then, and stops. */
    boolean cancelled();
}

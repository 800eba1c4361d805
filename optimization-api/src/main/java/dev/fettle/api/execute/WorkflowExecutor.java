package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.Plugin;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Runs workflows. Registered with {@code @AutoService(WorkflowExecutor.class)}. */
@Evolving
public interface WorkflowExecutor extends Plugin {
    /** Why the workflow cannot be run here, one sentence each; empty where it can. Nothing is run. */
    List<String> obstacles(Workflow workflow, Runners runners, Record settings);

    /**
     * The hosts at which the models of nodes would be asked, by the settings and the node's id; models that answer on this
     * machine without a server have none. A version that asks at another host sends its data elsewhere.
     */
    default Map<String, Set<String>> modelHosts(Workflow workflow, Record settings) {
        return Map.of();
    }

    /**
     * How many members of a parallel node run at a time by the settings, at least 1; empty where it is the number of
     * processors, or not known.
     */
    default OptionalInt membersAtOnce(Record settings) {
        return OptionalInt.empty();
    }

    /**
     * Runs the workflow once and waits for the end. A failing node gives a result with an error, not an exception. No
     * thread and no process outlives the call. May be called from several threads at once.
     *
     * @throws dev.fettle.api.FettleException where there are obstacles; with the code LIMIT where the run came to a call that
     *     {@link ExecutionRequest#mayUsd} does not allow any more
     */
    ExecutionResult execute(ExecutionRequest request);
}

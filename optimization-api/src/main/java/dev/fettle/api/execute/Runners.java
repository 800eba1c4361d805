package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.Optional;
import java.util.SortedSet;

/** The node and tool runners that are installed. */
@Evolving
public interface Runners {
    Optional<NodeRunner> nodeRunner(String name);

    Optional<ToolRunner> toolRunner(String name);

    /** The settings of an installed tool runner: its defaults, with what is configured. */
    default Record toolSettings(ToolRunner runner) {
        return runner.defaultSettings();
    }

    SortedSet<String> nodeRunnerNames();

    SortedSet<String> toolRunnerNames();

    /** Where sub-workflow nodes find their workflows. */
    default WorkflowResolver workflows() {
        return WorkflowResolver.NONE;
    }
}

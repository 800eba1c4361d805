package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.ToolSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a tool runner sees of one call. */
@Evolving
public interface ToolContext {
    /** The tool that is called; its {@link ToolSpec#settings()} tell a general runner what this tool is. */
    ToolSpec tool();

    /** JSON values by argument name. They are shared and must not be modified. */
    Map<String, Object> arguments();

    /** The folder of the workflow's definition. */
    Path directory();

    /** The runner's settings: those of {@link dev.fettle.api.Plugin#defaultSettings}, with what is configured. */
    Record settings();

    /** Whether the call was cancelled; long work asks now and then, and stops. A thread that blocks is interrupted. */
    boolean cancelled();

    /**
     * Runs an action when the call is cancelled, for work that an interrupt does not end: closing a connection, killing a
     * process. It runs at once where the call is cancelled already, and not any more once the registration is closed.
     *
     * @param action short and never failing; it runs on the thread that cancels
     */
    Registration onCancel(Runnable action);

    /** What {@link #onCancel} gives. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Something that is expensive to open and serves all calls of one run, like a connection. It is opened by the first call
     * that asks for the name, and closed when the run ends, however it ends.
     *
     * @param name unique among the runner's own names
     * @throws Exception what opening throws; the next call tries again
     */
    <T extends AutoCloseable> T shared(String name, Class<T> type, Callable<T> open) throws Exception;

    /**
     * The value of an environment variable that holds a secret; empty where it is not set. Wherever the value turns up in
     * results, traces or messages of the run, it is replaced.
     */
    Optional<String> secret(String environmentVariable);

    /**
     * The environment of a process that the call starts: these variables with their values, without those that are not set.
     * A value whose variable is named like a secret is replaced as one that {@link #secret} gave.
     */
    default Map<String, String> environment(Collection<String> variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : variables) {
            String value = System.getenv(variable);
            if (value != null) {
                environment.put(variable, value);
            }
        }
        return environment;
    }
}

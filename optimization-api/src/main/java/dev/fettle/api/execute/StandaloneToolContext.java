package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.ToolSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Calls of a tool outside of a run, as in a trial or a test. Closing it closes what the calls share. For one thread; it is
 * cancelled by interrupting that thread.
 */
@Evolving
public final class StandaloneToolContext implements ToolContext, AutoCloseable {
    private final ToolSpec tool;
    private final Map<String, Object> arguments;
    private final Path directory;
    private final Record settings;
    private final Map<String, AutoCloseable> shared;

    private StandaloneToolContext(
            ToolSpec tool,
            Map<String, Object> arguments,
            Path directory,
            Record settings,
            Map<String, AutoCloseable> shared) {
        this.tool = tool;
        this.arguments = arguments;
        this.directory = directory;
        this.settings = settings;
        this.shared = shared;
    }

    /** A call without arguments; see {@link #with}. */
    public static StandaloneToolContext of(ToolSpec tool, Path directory, Record settings) {
        return new StandaloneToolContext(tool, Map.of(), directory, settings, new LinkedHashMap<>());
    }

    /** A call with these arguments that shares what this one shares. */
    public StandaloneToolContext with(Map<String, Object> newArguments) {
        return new StandaloneToolContext(tool, newArguments, directory, settings, shared);
    }

    @Override
    public ToolSpec tool() {
        return tool;
    }

    @Override
    public Map<String, Object> arguments() {
        return arguments;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Record settings() {
        return settings;
    }

    @Override
    public boolean cancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public Registration onCancel(Runnable action) {
        if (cancelled()) {
            action.run();
        }
        return () -> {};
    }

    @Override
    public <T extends AutoCloseable> T shared(String name, Class<T> type, Callable<T> open) throws Exception {
        AutoCloseable known = shared.get(name);
        if (known != null) {
            return type.cast(known);
        }
        T opened = open.call();
        shared.put(name, opened);
        return opened;
    }

    @Override
    public Optional<String> secret(String environmentVariable) {
        return Optional.ofNullable(System.getenv(environmentVariable));
    }

    /** Closes what is shared, in reverse order; what fails to close does not keep the rest open. */
    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>(shared.values());
        shared.clear();
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                // There is nobody left whom it would concern: the calls are over.
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

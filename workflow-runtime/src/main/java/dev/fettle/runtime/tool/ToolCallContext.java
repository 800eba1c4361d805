package dev.fettle.runtime.tool;

import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.secret.Secrets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One call of a tool within a run, as its code sees it. */
public record ToolCallContext(
        ToolSpec tool,
        String runner,
        Map<String, Object> arguments,
        Path directory,
        Record settings,
        CancelScope scope,
        SharedResources resources,
        Secrets secrets)
        implements ToolContext {

    @Override
    public boolean cancelled() {
        return scope.cancelled();
    }

    @Override
    public Registration onCancel(Runnable action) {
        CancelScope registered = scope.child(action);
        return registered::close;
    }

    @Override
    public <T extends AutoCloseable> T shared(String name, Class<T> type, Callable<T> open) throws Exception {
        return resources.get(runner, name, type, open);
    }

    @Override
    public Optional<String> secret(String environmentVariable) {
        return secrets.environment(environmentVariable);
    }

    @Override
    public Map<String, String> environment(Collection<String> variables) {
        return secrets.passed(variables);
    }
}

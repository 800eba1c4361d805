package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.Plugin;
import dev.fettle.api.workflow.ToolSpec;
import java.util.List;

/** The code of a tool, found by name. Registered with {@code @AutoService(ToolRunner.class)}. */
@Evolving
public interface ToolRunner extends Plugin {
    /**
     * Calls the tool.
     *
     * @return a JSON value
     * @throws Exception to fail the call; its class is recorded as the error type
     */
    Object call(ToolContext context) throws Exception;

    /**
     * Whether a call goes to another machine or process whose answers may cost or change, so that a replay that touches
     * nothing outside must answer it from the recording although it has no effects.
     */
    default boolean isRemote(ToolSpec tool) {
        return false;
    }

    /** Whether a call leaves the machine or costs money. */
    default boolean isOutside(ToolSpec tool) {
        boolean paid = tool.usdPerCall() != null && tool.usdPerCall().signum() > 0;
        return paid || isRemote(tool);
    }

    /** Why this tool cannot be called, one sentence each; empty where it can. Nothing is called. */
    default List<String> obstacles(ToolSpec tool, Record settings) {
        return List.of();
    }
}

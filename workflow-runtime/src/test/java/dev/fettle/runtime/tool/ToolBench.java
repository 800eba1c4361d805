package dev.fettle.runtime.tool;

import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.ToolSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls a tool as a node would, outside of a run. */
final class ToolBench {
    private ToolBench() {}

    static ToolSpec tool(ToolRunner runner, Map<String, Object> settings) {
        return new ToolSpec("tool", "", Set.of(), runner.name(), Effects.NONE, Map.of(), null, false, settings);
    }

    static Object call(
            ToolRunner runner, Record configured, Map<String, Object> settings, Map<String, Object> arguments)
            throws Exception {
        try (StandaloneToolContext context =
                StandaloneToolContext.of(tool(runner, settings), Path.of("."), configured)) {
            return runner.call(context.with(arguments));
        }
    }

    static Object call(ToolRunner runner, Map<String, Object> settings, Map<String, Object> arguments)
            throws Exception {
        return call(runner, runner.defaultSettings(), settings, arguments);
    }

    static List<String> obstacles(ToolRunner runner, Map<String, Object> settings) {
        return runner.obstacles(tool(runner, settings), runner.defaultSettings());
    }
}

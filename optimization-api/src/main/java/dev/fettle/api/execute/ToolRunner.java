package dev.fettle.api.execute;

import dev.fettle.api.Plugin;
import java.nio.file.Path;
import java.util.Map;

/** The code of a tool, found by name. Registered with {@code @AutoService(ToolRunner.class)}. */
public interface ToolRunner extends Plugin {
    /**
     * Calls the tool.
     *
     * @param directory the folder of the workflow's definition
     * @return a JSON value
     */
    Object call(Map<String, Object> arguments, Path directory) throws Exception;
}

package dev.fettle.core.foreign;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.definition.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML definitions of the form {@code workflows.<name>.nodes}, or {@code nodes} alone for a library of nodes, with nodes
 * of the types agent, compute, condition, parallel, transform, hitl (or human) and team. A node without a type is an agent;
 * one without {@code next} passes control to the node after it.
 */
public final class ForeignDefinitions {
    private ForeignDefinitions() {}

    /**
     * Reads all workflows of a file.
     *
     * @throws FettleException with the file, the node and what was expected
     */
    public static List<ForeignWorkflow> read(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return read(YamlText.read(file), name, file.toString());
    }

    /**
     * Reads all workflows of a text.
     *
     * @param library the name of a workflow that is only a list of nodes
     * @param source for messages
     */
    public static List<ForeignWorkflow> read(String text, String library, String source) {
        List<ForeignWorkflow> workflows = new ArrayList<>();
        Map<String, Object> top = top(text, source);
        if (top.get("workflows") instanceof Map<?, ?> named) {
            named.forEach((name, definition) ->
                    workflows.add(new ForeignGraph(String.valueOf(name), Fields.map(definition), source).read()));
        } else if (top.get("nodes") instanceof List<?>) {
            workflows.add(new ForeignGraph(library, top, source).read());
        }
        if (workflows.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, source + ": holds no workflow; expected workflows.<name>.nodes, or nodes");
        }
        return workflows;
    }

    static Map<String, Object> top(String text, String source) {
        try {
            return Fields.map(new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, source + ": not YAML: " + e.getMessage(), e);
        }
    }

    /** The workflows as one definition, with all that was in theirs. */
    public static String write(List<ForeignWorkflow> workflows) {
        Map<String, Object> named = new LinkedHashMap<>();
        workflows.forEach(one -> named.put(one.name(), one.definition()));
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(Map.of("workflows", named));
    }
}

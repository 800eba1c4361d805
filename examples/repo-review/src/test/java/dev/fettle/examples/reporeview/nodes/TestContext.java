package dev.fettle.examples.reporeview.nodes;

import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.examples.reporeview.search.LinearSearch;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a node alone: the state is given, and the tool is the linear search. */
record TestContext(
        Map<String, Object> state,
        List<String> writes,
        Map<String, Object> parameters,
        Path directory,
        List<Map<String, Object>> calls)
        implements NodeContext {

    static TestContext of(Map<String, Object> state) {
        return new TestContext(state, List.of("result"), Map.of(), Path.of(""), new ArrayList<>());
    }

    /** A context with one Java file. */
    static TestContext file(String text) {
        return files(new SourceFile("A.java", text));
    }

    static TestContext files(SourceFile... files) {
        return of(
                Map.of("files", List.of(files).stream().map(SourceFile::toJson).toList()));
    }

    TestContext with(String parameter, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new TestContext(state, writes, more, directory, calls);
    }

    TestContext and(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(state);
        more.put(key, value);
        return new TestContext(more, writes, parameters, directory, calls);
    }

    TestContext in(Path newDirectory) {
        return new TestContext(state, writes, parameters, newDirectory, calls);
    }

    @Override
    public String nodeId() {
        return "node";
    }

    @Override
    public int iteration() {
        return 0;
    }

    @Override
    public Object callTool(String name, Map<String, Object> arguments) throws Exception {
        calls.add(arguments);
        LinearSearch search = new LinearSearch();
        try (StandaloneToolContext tool =
                StandaloneToolContext.of(ToolSpec.unknown(name), directory, search.defaultSettings())) {
            return search.call(tool.with(arguments));
        }
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}

package dev.fettle.examples.reporeview.nodes;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed reading of what a node is given, with an error that names what is missing. */
final class State {
    private State() {}

    static String text(NodeContext context, String key) {
        if (context.state().get(key) instanceof String text) {
            return text;
        }
        throw unexpected(context, key, "a text");
    }

    static List<?> list(NodeContext context, String key) {
        if (context.state().get(key) instanceof List<?> list) {
            return list;
        }
        throw unexpected(context, key, "a list");
    }

    /** The files that {@link ReadFiles} wrote under {@code files}. */
    static List<SourceFile> files(NodeContext context) {
        List<SourceFile> files = new ArrayList<>();
        for (Object value : list(context, "files")) {
            if (value instanceof Map<?, ?> file
                    && file.get("path") instanceof String path
                    && file.get("text") instanceof String text) {
                files.add(new SourceFile(path, text));
            } else {
                throw unexpected(context, "files", "a list of {path, text}");
            }
        }
        return files;
    }

    /** The counts that {@link CountTerms} wrote under the key: from path to term to count. */
    static Map<String, Map<String, Integer>> counts(NodeContext context, String key) {
        if (!(context.state().get(key) instanceof Map<?, ?> files)) {
            throw unexpected(context, key, "a map of counts");
        }
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        files.forEach((path, value) -> {
            Map<String, Integer> terms = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((term, count) ->
                        terms.put(String.valueOf(term), count instanceof Number number ? number.intValue() : 0));
            }
            counts.put(String.valueOf(path), terms);
        });
        return counts;
    }

    /** A parameter of the node, or the default where the definition gives none. */
    static double parameter(NodeContext context, String name, double otherwise) {
        return context.parameters().get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    static int parameter(NodeContext context, String name, int otherwise) {
        return (int) parameter(context, name, (double) otherwise);
    }

    private static FettleException unexpected(NodeContext context, String key, String expected) {
        @Nullable Object value = context.state().get(key);
        String found = value == null ? "nothing" : value.getClass().getSimpleName();
        return new FettleException(
                ErrorCode.EXECUTION,
                "the node (" + context.nodeId() + ") found " + found + " under (" + key + "); expected " + expected);
    }
}

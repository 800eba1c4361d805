package dev.fettle.ingest.assemble;

import dev.fettle.api.content.ContentHash;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.ingest.span.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of nodes. A name that an instrumentation gave (graph node, agent, workflow) is kept, except for a UUID or a long
 * hexadecimal number at its end; from a span's name a counter goes too, so that {@code Step 1} and {@code Step 2} are two
 * iterations of {@code Step}. A node's id is the path of names from the root.
 */
final class NodeNames {
    private static final int MAX_NAME = 80;
    private static final int MAX_PATH = 200;

    private static final Pattern UUID = Pattern.compile("[\\s_\\-#:.(\\[]*"
            + "(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?=[a-fA-F]*[0-9])[0-9a-fA-F]{12,64})[)\\]]*$");
    private static final Pattern COUNTER = Pattern.compile("(?:[\\s_\\-#:]+[(\\[]?|[(\\[])\\d+[)\\]]?$");
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^\\p{L}\\p{N}_.\\- :()\\[\\]<>#@+]");

    /** Names repeat from trace to trace. Bounded: what does not fit is computed again. */
    private final Map<String, String> cache = new HashMap<>();

    private static final int CACHE_SIZE = 4096;

    /** The name of the node that a span runs. */
    String of(Span span, @Nullable Span parent) {
        String identity = span.identity();
        if (identity != null) {
            return cached("i" + identity, identity, false);
        }
        String graphNode = span.graphNode();
        if (graphNode != null && entersGraphNode(span, parent)) {
            return cached("i" + graphNode, graphNode, false);
        }
        return cached("n" + span.name(), span.name(), true);
    }

    /** All spans inside a graph node repeat its name; only the outermost of one run is the node. */
    private static boolean entersGraphNode(Span span, @Nullable Span parent) {
        return parent == null
                || !Objects.equals(span.graphNode(), parent.graphNode())
                || !Objects.equals(span.graphStep(), parent.graphStep());
    }

    /** The name of a tool: as recorded, else the span's. */
    String ofTool(Span span) {
        String tool = span.tool();
        if (tool != null) {
            return cached("i" + tool, tool, false);
        }
        String name =
                span.name().startsWith("execute_tool ") ? span.name().substring("execute_tool ".length()) : span.name();
        return cached("n" + name, name, true);
    }

    private String cached(String key, String raw, boolean counters) {
        String name = cache.get(key);
        if (name == null) {
            name = normalize(raw, counters);
            if (cache.size() < CACHE_SIZE) {
                cache.put(key, name);
            }
        }
        return name;
    }

    static String normalize(String raw, boolean counters) {
        String name = raw.length() > 1000 ? raw.substring(0, 1000) : raw;
        name = withoutSuffix(UUID, name.strip());
        if (counters) {
            name = withoutSuffix(COUNTER, name);
        }
        name = NOT_ALLOWED.matcher(name).replaceAll("_").strip();
        while (name.contains("..")) {
            name = name.replace("..", "._");
        }
        if (name.length() > MAX_NAME) {
            name = name.substring(0, MAX_NAME - 9).strip() + "#"
                    + ContentHash.ofText(name).substring(0, 8);
        }
        if (name.isEmpty()) {
            return "unnamed";
        }
        return WorkflowCheck.isValidId(name) ? name : "_" + name;
    }

    private static String withoutSuffix(Pattern suffix, String name) {
        String rest = suffix.matcher(name).replaceFirst("");
        return rest.isBlank() ? name : rest;
    }

    /**
     * A path of names. Where it would be longer than an id may be, its beginning is replaced by a hash of it: paths that
     * differ stay different.
     */
    static String path(@Nullable String enclosing, String name) {
        if (enclosing == null) {
            return name;
        }
        String path = enclosing + "/" + name;
        if (path.length() <= MAX_PATH) {
            return path;
        }
        String hash = ContentHash.ofText(path).substring(0, 8);
        int from = path.length() - (MAX_PATH - 10);
        int slash = path.indexOf('/', from);
        return "[" + hash + "]" + (slash < 0 ? "/" + name : path.substring(slash));
    }
}

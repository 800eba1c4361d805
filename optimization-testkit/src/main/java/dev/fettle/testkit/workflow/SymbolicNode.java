package dev.fettle.testkit.workflow;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a node writes, as a pure function of what it does and what it reads: nodes that do the same on equal values write
 * equal values, and everything else differs.
 */
final class SymbolicNode {
    private static final String ABSENT = "absent";

    private SymbolicNode() {}

    /** The values by written key. A copied key receives its source's value. */
    static Map<String, String> write(Node node, Map<String, String> visible) {
        String inputs = inputs(node, visible);
        Map<String, String> written = new LinkedHashMap<>();
        int index = 0;
        for (String key : node.state().writes()) {
            if (!node.copies().containsKey(key)) {
                written.put(key, symbol(inputs + "#" + index++));
            }
        }
        node.copies().forEach((target, source) -> written.put(target, written.getOrDefault(source, ABSENT)));
        return written;
    }

    /** Names what a node does and the values it does it on. */
    static String inputs(Node node, Map<String, String> visible) {
        Map<String, String> values = new TreeMap<>();
        node.state().reads().forEach(key -> values.put(key, visible.getOrDefault(key, ABSENT)));
        return node.body() + "|" + node.tools() + "|" + node.parameters() + "|" + values;
    }

    static String symbol(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The value of a key that several members of a block wrote, in order. */
    static String reduce(NodeBody.Reducer reducer, List<String> values) {
        if (values.size() == 1 || reducer == NodeBody.Reducer.LAST) {
            return values.get(values.size() - 1);
        }
        List<String> parts = new ArrayList<>(values);
        if (reducer == NodeBody.Reducer.SUM) {
            parts.sort(null);
        }
        return symbol(reducer + "" + parts);
    }
}

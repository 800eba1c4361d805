package dev.fettle.core.prove;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Short names for terms: equal terms have one name. */
final class Terms {
    private final Map<String, String> names = new HashMap<>();

    String of(String term) {
        return names.computeIfAbsent(term, unnamed -> "t" + names.size());
    }

    /**
     * What a node does, whatever it is called. A cache, a batch or a cascade may change it; a timeout and retries only
     * whether it fails, and speculation only when it starts.
     */
    static String work(Workflow workflow, Node node) {
        Map<String, String> tools = new TreeMap<>();
        node.answeringTools()
                .forEach(tool -> tools.put(
                        tool, workflow.tool(tool).map(ToolSpec::toString).orElse("undeclared")));
        Policies policies = node.policies();
        return node.body() + "|" + new TreeMap<>(node.tools()) + "|" + tools + "|" + new TreeMap<>(node.parameters())
                + "|" + policies.cache() + "|" + policies.batch() + "|" + policies.cascade();
    }
}

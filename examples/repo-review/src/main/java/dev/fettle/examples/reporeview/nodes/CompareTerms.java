package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which word of the query the code uses most: {@code folder} and {@code query} to {@code usage}. Compares every two words
 * and asks the tool anew for each comparison.
 */
@AutoService(NodeRunner.class)
public final class CompareTerms implements NodeRunner {
    @Override
    public String name() {
        return "compare-terms";
    }

    @Override
    public Map<String, Object> run(NodeContext context) throws Exception {
        List<String> words =
                Words.of(State.text(context, "query")).stream().distinct().toList();
        Map<String, Object> comparisons = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            for (int j = i + 1; j < words.size(); j++) {
                int first = uses(context, words.get(i));
                int second = uses(context, words.get(j));
                String sign = first > second ? " > " : first < second ? " < " : " = ";
                comparisons.put(words.get(i) + sign + words.get(j), List.of(first, second));
            }
        }
        return Map.of("usage", comparisons);
    }

    private static int uses(NodeContext context, String word) throws Exception {
        int limit = State.parameter(context, "limit", 5);
        Object result = context.callTool(
                "search", Map.of("folder", State.text(context, "folder"), "query", word, "limit", limit));
        return result instanceof Map<?, ?> found && found.get("total") instanceof Number total ? total.intValue() : 0;
    }
}

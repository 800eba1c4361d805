package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks up each word of the query and the query as a whole: {@code folder} and {@code query} to {@code hits}. The tool is
 * bound as {@code search}.
 */
@AutoService(NodeRunner.class)
public final class SearchCode implements NodeRunner {
    @Override
    public String name() {
        return "search-code";
    }

    @Override
    public Map<String, Object> run(NodeContext context) throws Exception {
        String query = State.text(context, "query");
        List<String> words = Words.of(query).stream().distinct().toList();
        Map<String, Object> byWord = new TreeMap<>();
        for (String word : words) {
            byWord.put(word, search(context, word));
        }
        return Map.of("hits", new TreeMap<>(Map.of("by_word", byWord, "together", search(context, query))));
    }

    private static Object search(NodeContext context, String query) throws Exception {
        int limit = State.parameter(context, "limit", 5);
        return context.callTool(
                "search", Map.of("folder", State.text(context, "folder"), "query", query, "limit", limit));
    }
}

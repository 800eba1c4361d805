package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import dev.fettle.examples.reporeview.source.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often each word occurs in each file: {@code files} to the node's one key, path to word to count. */
@AutoService(NodeRunner.class)
public final class CountTerms implements NodeRunner {
    @Override
    public String name() {
        return "count-terms";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (SourceFile file : State.files(context)) {
            Map<String, Integer> terms = new TreeMap<>();
            for (String word : Words.of(file.text())) {
                terms.merge(word, 1, Integer::sum);
            }
            counts.put(file.path(), terms);
        }
        return Map.of(context.writes().get(0), counts);
    }
}

package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that characterize the folder: {@code words} to {@code keywords}. A word's weight is its highest tf-idf in a
 * file (Sparck Jones, A statistical interpretation of term specificity, 1972).
 */
@AutoService(NodeRunner.class)
public final class ExtractKeywords implements NodeRunner {
    @Override
    public String name() {
        return "extract-keywords";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        Map<String, Map<String, Integer>> counts = State.counts(context, "words");
        Map<String, Integer> filesWith = new HashMap<>();
        counts.values().forEach(terms -> terms.keySet().forEach(term -> filesWith.merge(term, 1, Integer::sum)));
        Map<String, Double> weights = new HashMap<>();
        for (Map<String, Integer> terms : counts.values()) {
            terms.forEach((term, count) -> {
                double rarity = Math.log((double) counts.size() / filesWith.getOrDefault(term, 1));
                weights.merge(term, (1 + Math.log(count)) * rarity, Math::max);
            });
        }
        List<String> keywords = weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(State.parameter(context, "limit", 12))
                .map(Map.Entry::getKey)
                .toList();
        return Map.of("keywords", keywords);
    }
}

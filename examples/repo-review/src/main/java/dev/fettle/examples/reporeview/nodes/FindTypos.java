package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.EditDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds likely typing errors: {@code terms} to {@code typos}. A word that occurs once and is one letter away from a word
 * that occurs often was probably meant to be that word, unless one is the other with an ending.
 */
@AutoService(NodeRunner.class)
public final class FindTypos implements NodeRunner {
    @Override
    public String name() {
        return "find-typos";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        Map<String, Integer> totals = new TreeMap<>();
        State.counts(context, "terms")
                .values()
                .forEach(terms -> terms.forEach((term, count) -> totals.merge(term, count, Integer::sum)));
        int shortest = State.parameter(context, "shortestWord", 5);
        List<String> rare = new ArrayList<>();
        List<String> frequent = new ArrayList<>();
        totals.forEach((term, count) -> {
            if (term.length() >= shortest && count == 1) {
                rare.add(term);
            } else if (term.length() >= shortest && count >= State.parameter(context, "frequent", 10)) {
                frequent.add(term);
            }
        });
        List<String> typos = new ArrayList<>();
        for (String word : rare) {
            for (String known : frequent) {
                if (isTypo(word, known)) {
                    typos.add(word + " -> " + known);
                }
            }
        }
        List<String> first =
                typos.stream().limit(State.parameter(context, "shown", 10)).toList();
        return Map.of("typos", new TreeMap<>(Map.of("total", typos.size(), "first", first)));
    }

    private static boolean isTypo(String word, String known) {
        boolean inflected = word.startsWith(known) || known.startsWith(word);
        return !inflected && Math.abs(word.length() - known.length()) <= 1 && EditDistance.between(word, known) == 1;
    }
}

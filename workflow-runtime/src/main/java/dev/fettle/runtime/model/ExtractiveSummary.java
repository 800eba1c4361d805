package dev.fettle.runtime.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Picks the sentences that stand for a text, after SumBasic (Nenkova and Vanderwende, 2005): a sentence scores the mean
 * probability of its words; the best one is picked, and the probability of each of its words is squared, so that what was
 * said is not said again. Ties go to the earlier sentence. The picked sentences come in the order of the text.
 */
final class ExtractiveSummary {
    private ExtractiveSummary() {}

    /**
     * @param maxSentences most sentences to pick
     * @param maxTokens most tokens of the summary; the first pick is cut to it
     */
    static String of(String text, int maxSentences, int maxTokens) {
        List<String> sentences = Sentences.split(text);
        List<List<String>> words = sentences.stream().map(Sentences::words).toList();
        Map<String, Double> probability = probabilities(words);
        Set<Integer> picked = new HashSet<>();
        int tokens = 0;
        while (picked.size() < Math.min(maxSentences, sentences.size())) {
            int best = best(words, probability, picked);
            int more = TokenCounter.count(sentences.get(best));
            if (tokens + more > maxTokens) {
                break;
            }
            tokens += more;
            picked.add(best);
            for (String word : new HashSet<>(words.get(best))) {
                probability.computeIfPresent(word, (w, p) -> p * p);
            }
        }
        List<Integer> order = new ArrayList<>(picked);
        order.sort(Comparator.naturalOrder());
        return String.join("\n", order.stream().map(sentences::get).toList());
    }

    private static Map<String, Double> probabilities(List<List<String>> sentences) {
        Map<String, Integer> counts = new HashMap<>();
        int total = 0;
        for (List<String> words : sentences) {
            total += words.size();
            words.forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        Map<String, Double> probabilities = new HashMap<>();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            probabilities.put(entry.getKey(), entry.getValue() / (double) total);
        }
        return probabilities;
    }

    private static int best(List<List<String>> words, Map<String, Double> probability, Set<Integer> picked) {
        int best = -1;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < words.size(); i++) {
            if (!picked.contains(i)) {
                double sum = 0;
                for (String word : words.get(i)) {
                    sum += probability.getOrDefault(word, 0.0);
                }
                double score = sum / words.get(i).size();
                if (score > bestScore) {
                    bestScore = score;
                    best = i;
                }
            }
        }
        return best;
    }
}

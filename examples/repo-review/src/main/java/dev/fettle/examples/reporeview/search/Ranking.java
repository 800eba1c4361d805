package dev.fettle.examples.reporeview.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders matches by relevance: Okapi BM25 with each line as a document (Robertson and Zaragoza, The Probabilistic
 * Relevance Framework, 2009).
 */
final class Ranking {
    private static final double SATURATION = 1.2;
    private static final double LENGTH_NORMALIZATION = 0.75;

    private final int lines;
    private final double averageWords;

    /**
     * @param lines searched
     * @param words in all of them
     */
    Ranking(int lines, long words) {
        this.lines = lines;
        this.averageWords = Math.max(1, (double) words / Math.max(1, lines));
    }

    private record Hit(Line line, double score) {}

    /** The number of matches and the best of them, as a JSON value; equal scores in the order of path and line. */
    Map<String, Object> result(List<Match> matches, Query query) {
        int terms = query.terms().size();
        int[] linesWith = new int[terms];
        for (Match match : matches) {
            for (int term = 0; term < terms; term++) {
                linesWith[term] += match.occurrences()[term] > 0 ? 1 : 0;
            }
        }
        List<Hit> hits = new ArrayList<>(matches.size());
        matches.forEach(match -> hits.add(new Hit(match.line(), score(match, linesWith))));
        hits.sort(Comparator.comparingDouble(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.line().path())
                .thenComparing(hit -> hit.line().number()));
        List<Map<String, Object>> best =
                hits.stream().limit(query.limit()).map(Ranking::toJson).toList();
        return new TreeMap<>(Map.of("total", matches.size(), "hits", best));
    }

    private double score(Match match, int[] linesWith) {
        double length =
                1 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * match.line().words() / averageWords;
        double score = 0;
        for (int term = 0; term < linesWith.length; term++) {
            double rarity = Math.log(1 + (lines - linesWith[term] + 0.5) / (linesWith[term] + 0.5));
            double occurrences = match.occurrences()[term];
            score += rarity * occurrences * (SATURATION + 1) / (occurrences + SATURATION * length);
        }
        return score;
    }

    private static Map<String, Object> toJson(Hit hit) {
        return new TreeMap<>(Map.of(
                "path", hit.line().path(),
                "line", hit.line().number(),
                "text", hit.line().text().strip()));
    }
}

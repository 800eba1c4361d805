package dev.fettle.examples.reporeview.search;

import dev.fettle.examples.reporeview.source.SourceFile;
import dev.fettle.examples.reporeview.source.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An inverted index: from each word to the lines that hold it. */
final class LineIndex {
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, List<Posting>> postings = new HashMap<>();
    private long words;

    private record Posting(int line, int occurrences) {}

    LineIndex(List<SourceFile> files) {
        for (SourceFile file : files) {
            int number = 0;
            for (String text : file.lines()) {
                add(file.path(), ++number, text);
            }
        }
    }

    private void add(String path, int number, String text) {
        List<String> found = Words.of(text);
        Map<String, Integer> counts = new HashMap<>();
        found.forEach(word -> counts.merge(word, 1, Integer::sum));
        int id = lines.size();
        counts.forEach((word, count) ->
                postings.computeIfAbsent(word, key -> new ArrayList<>()).add(new Posting(id, count)));
        lines.add(new Line(path, number, text, found.size()));
        words += found.size();
    }

    Map<String, Object> search(Query query) {
        Map<Integer, int[]> occurrences = new TreeMap<>();
        for (int term = 0; term < query.terms().size(); term++) {
            for (Posting posting : postings.getOrDefault(query.terms().get(term), List.of())) {
                int[] ofLine = occurrences.computeIfAbsent(
                        posting.line(), id -> new int[query.terms().size()]);
                ofLine[term] = posting.occurrences();
            }
        }
        List<Match> matches = new ArrayList<>();
        occurrences.forEach((id, counts) -> matches.add(new Match(lines.get(id), counts)));
        return new Ranking(lines.size(), words).result(matches, query);
    }
}

package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.HashingEmbedder;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds files that share passages: {@code files} to {@code near_duplicates}. Each file is cut into overlapping passages,
 * each passage is embedded, and every two passages of different files are compared.
 */
@AutoService(NodeRunner.class)
public final class FindNearDuplicates implements NodeRunner {
    private record Passage(int file, float[] vector) {}

    private record Pair(String first, String second, int passages) {}

    @Override
    public String name() {
        return "find-near-duplicates";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        List<SourceFile> files = State.files(context);
        List<Passage> passages = passages(context, files);
        float similar = (float) State.parameter(context, "similarity", 0.9);
        int[][] shared = new int[files.size()][files.size()];
        for (int i = 0; i < passages.size() && !context.cancelled(); i++) {
            Passage one = passages.get(i);
            for (int j = i + 1; j < passages.size(); j++) {
                Passage other = passages.get(j);
                if (one.file() != other.file() && HashingEmbedder.cosine(one.vector(), other.vector()) >= similar) {
                    shared[one.file()][other.file()]++;
                }
            }
        }
        return Map.of("near_duplicates", report(files, shared, State.parameter(context, "shown", 5)));
    }

    private static List<Passage> passages(NodeContext context, List<SourceFile> files) {
        int size = State.parameter(context, "passageLines", 8);
        int step = State.parameter(context, "stepLines", 4);
        HashingEmbedder embedder = new HashingEmbedder(State.parameter(context, "dimensions", 64));
        List<Passage> passages = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            List<String> lines = files.get(file)
                    .text()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() > 2 && !line.startsWith("import "))
                    .toList();
            for (int start = 0; start + size <= lines.size(); start += step) {
                String passage = String.join("\n", lines.subList(start, start + size));
                passages.add(new Passage(file, embedder.embed(passage)));
            }
        }
        return passages;
    }

    private static Map<String, Object> report(List<SourceFile> files, int[][] shared, int shown) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            for (int j = i + 1; j < files.size(); j++) {
                if (shared[i][j] > 0) {
                    pairs.add(new Pair(files.get(i).path(), files.get(j).path(), shared[i][j]));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::passages).reversed());
        List<Map<String, Object>> top = pairs.stream()
                .limit(shown)
                .<Map<String, Object>>map(pair -> new TreeMap<>(
                        Map.of("first", pair.first(), "second", pair.second(), "passages", pair.passages())))
                .toList();
        return new TreeMap<>(Map.of("pairs", pairs.size(), "top", top));
    }
}

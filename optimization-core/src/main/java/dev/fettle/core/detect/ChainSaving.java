package dev.fettle.core.detect;

import dev.fettle.api.workflow.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a chain of nodes would save as a dataflow block: the sum of their times less the longest path of their data flow. */
final class ChainSaving {
    /** By place in the chain: the places of the earlier nodes whose results the node reads. */
    private final int[][] feeders;

    /** @param chain no two of which write one key */
    ChainSaving(List<Node> chain) {
        feeders = new int[chain.size()][];
        Map<String, Integer> writers = new HashMap<>();
        for (int i = 0; i < feeders.length; i++) {
            feeders[i] = chain.get(i).state().reads().stream()
                    .map(writers::get)
                    .filter(Objects::nonNull)
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (String key : chain.get(i).state().writes()) {
                writers.put(key, i);
            }
        }
    }

    /** The saving where each node takes so many seconds. */
    double of(double[] seconds) {
        return of(seconds, 0, seconds.length);
    }

    /** The saving of a part of the chain. */
    double of(double[] seconds, int from, int to) {
        double[] end = new double[to];
        double sum = 0;
        double path = 0;
        for (int i = from; i < to; i++) {
            double start = 0;
            for (int feeder : feeders[i]) {
                start = Math.max(start, feeder >= from ? end[feeder] : 0);
            }
            end[i] = start + seconds[i];
            sum += seconds[i];
            path = Math.max(path, end[i]);
        }
        return sum - path;
    }
}

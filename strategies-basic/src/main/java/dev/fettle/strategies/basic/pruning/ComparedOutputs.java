package dev.fettle.strategies.basic.pruning;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what two nodes wrote, by recorded hashes, where both read the same in one run. */
final class ComparedOutputs {
    private ComparedOutputs() {}

    /** How often the results were equal among the pairs that could be compared. */
    static Rate equal(List<ExecutionTrace> traces, Node first, Node second) {
        long pairs = 0;
        long equal = 0;
        for (ExecutionTrace trace : traces) {
            Map<Map<String, String>, List<String>> results = new HashMap<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                if (occurrence.node().equals(first.id())) {
                    List<String> written = written(occurrence, first);
                    if (written != null) {
                        results.put(occurrence.readHashes(), written);
                    }
                } else if (occurrence.node().equals(second.id())) {
                    List<String> written = written(occurrence, second);
                    List<String> other = results.get(occurrence.readHashes());
                    if (written != null && other != null) {
                        pairs++;
                        equal += written.equals(other) ? 1 : 0;
                    }
                }
            }
        }
        return Rate.of(equal, pairs);
    }

    /** The hashes in the order in which the node declares its writes; null where not everything was recorded. */
    private static @Nullable List<String> written(NodeOccurrence occurrence, Node node) {
        if (occurrence.status() != Status.OK
                || !occurrence.readHashes().keySet().equals(node.state().reads())) {
            return null;
        }
        List<String> hashes = new ArrayList<>();
        for (String key : node.state().writes()) {
            String hash = occurrence.writeHashes().get(key);
            if (hash == null) {
                return null;
            }
            hashes.add(hash);
        }
        return hashes;
    }
}

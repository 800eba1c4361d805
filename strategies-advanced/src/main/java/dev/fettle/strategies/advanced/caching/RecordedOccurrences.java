package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.cache.CacheReplay;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recorded occurrences of one node in the sampled runs; what a cache of the whole node would have done. */
final class RecordedOccurrences {
    private final List<List<NodeOccurrence>> runs;

    private record Kept(Map<String, String> writes, double end) {}

    RecordedOccurrences(List<SampledRuns.Seen> seen) {
        Map<String, List<NodeOccurrence>> byRun = new LinkedHashMap<>();
        seen.forEach(one -> byRun.computeIfAbsent(one.trace().id(), run -> new ArrayList<>())
                .add(one.occurrence()));
        runs = List.copyOf(byRun.values());
    }

    /** What the cache would have done, each run beginning with an empty one. */
    Reuse replay(Policies.Cache policy) {
        Reuse.Count count = new Reuse.Count();
        for (List<NodeOccurrence> run : runs) {
            CacheReplay cache = new CacheReplay(policy);
            Map<String, Kept> kept = new HashMap<>();
            boolean used = false;
            for (NodeOccurrence occurrence : run) {
                String key = key(occurrence);
                double start = occurrence.start().toNanos() / 1e9;
                double end = occurrence.end().toNanos() / 1e9;
                Kept earlier = key == null ? null : kept.get(key);
                if (key != null && earlier != null && cache.hit(key, start)) {
                    boolean known = !earlier.writes().isEmpty()
                            && !occurrence.writeHashes().isEmpty();
                    boolean same = known && earlier.writes().equals(occurrence.writeHashes());
                    count.add(true, known, same, start - earlier.end());
                    used = true;
                } else {
                    count.add(false, false, false, 0);
                    if (key != null && occurrence.status() == Status.OK) {
                        cache.store(key, end);
                        kept.put(key, new Kept(occurrence.writeHashes(), end));
                    }
                }
            }
            count.run(used);
        }
        return count.reuse();
    }

    private static @Nullable String key(NodeOccurrence occurrence) {
        return occurrence.readHashes().isEmpty() ? null : new TreeMap<>(occurrence.readHashes()).toString();
    }
}

package dev.fettle.runtime.resume;

import dev.fettle.runtime.value.StateValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes inside the current top-level node have done, so that they are not run again when a paused run goes on.
 * Safe for use by several threads.
 */
public final class FinishedNodes {
    private final boolean keep;
    private final Map<Key, Finished> finished = new ConcurrentHashMap<>();

    private record Key(String path, int iteration) {}

    /**
     * @param path of the node
     * @param updates what it wrote
     * @param label what it chose; null where it is no condition
     */
    public record Finished(
            String path,
            int iteration,
            Map<String, StateValue> updates,
            @Nullable String label) {}

    /**
     * @param keep whether the run can pause; else nothing is kept
     */
    public FinishedNodes(boolean keep, Collection<Finished> earlier) {
        this.keep = keep;
        earlier.forEach(this::add);
    }

    public void add(Finished one) {
        if (keep) {
            finished.put(new Key(one.path(), one.iteration()), one);
        }
    }

    /** What this run of the node did before the pause; null where it did not end. */
    public @Nullable Finished find(String path, int iteration) {
        return finished.isEmpty() ? null : finished.get(new Key(path, iteration));
    }

    /** The top-level node has ended; its part of the state says all. */
    public void clear() {
        finished.clear();
    }

    public List<Finished> all() {
        return List.copyOf(finished.values());
    }
}

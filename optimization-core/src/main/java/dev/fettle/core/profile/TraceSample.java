package dev.fettle.core.profile;

import dev.fettle.api.trace.ExecutionTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whole traces, chosen by a hash of their id: those with the smallest hashes, as many as fit both limits. The choice
 * depends on the set of traces alone, so that samples can be merged in any order. Of several traces with one id the sample
 * holds one. Incomplete traces and those that alone exceed the limit of occurrences are left out.
 */
final class TraceSample implements Mergeable<TraceSample> {
    private static final Comparator<ExecutionTrace> PREFERENCE = Comparator.comparing(ExecutionTrace::startedAt)
            .thenComparing(ExecutionTrace::wallClock)
            .thenComparing(trace -> trace.occurrences().size())
            .thenComparing(ExecutionTrace::status)
            .thenComparing(ExecutionTrace::workflow);

    private final int maxTraces;
    private final int maxOccurrences;
    private final TreeMap<Key, ExecutionTrace> traces = new TreeMap<>(KEY_ORDER);
    private long occurrences;

    /** The smallest key that did not fit; nothing from here on is taken, or the choice would depend on the order. */
    private @Nullable Key cut;

    private record Key(long hash, String id) {}

    private static final Comparator<Key> KEY_ORDER =
            Comparator.comparingLong(Key::hash).thenComparing(Key::id);

    TraceSample(int maxTraces, int maxOccurrences) {
        this.maxTraces = maxTraces;
        this.maxOccurrences = maxOccurrences;
    }

    void add(ExecutionTrace trace) {
        int size = trace.occurrences().size();
        if (!trace.complete() || size == 0 || size > maxOccurrences) {
            return;
        }
        Key key = new Key(StableHash.of(trace.id()), trace.id());
        if (cut != null && KEY_ORDER.compare(key, cut) >= 0) {
            return;
        }
        ExecutionTrace held = traces.get(key);
        if (held != null) {
            if (PREFERENCE.compare(trace, held) >= 0) {
                return;
            }
            occurrences -= held.occurrences().size();
        }
        traces.put(key, trace);
        occurrences += size;
        while (traces.size() > maxTraces || occurrences > maxOccurrences) {
            dropLast();
        }
    }

    private void dropLast() {
        Map.Entry<Key, ExecutionTrace> last = traces.pollLastEntry();
        occurrences -= last.getValue().occurrences().size();
        cut = last.getKey();
    }

    @Override
    public void merge(TraceSample other) {
        if (other.cut != null && (cut == null || KEY_ORDER.compare(other.cut, cut) < 0)) {
            cut = other.cut;
            while (!traces.isEmpty() && KEY_ORDER.compare(traces.lastKey(), other.cut) >= 0) {
                dropLast();
            }
            cut = other.cut;
        }
        other.traces.values().forEach(this::add);
    }

    /** In order of start, then id. */
    List<ExecutionTrace> traces() {
        List<ExecutionTrace> sorted = new ArrayList<>(traces.values());
        sorted.sort(Comparator.comparing(ExecutionTrace::startedAt).thenComparing(ExecutionTrace::id));
        return List.copyOf(sorted);
    }
}

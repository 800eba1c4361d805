package dev.fettle.api.cache;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Policies;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache fed with recorded keys: what would have been a hit. LRU, FIFO and the time to live are those of a run. LFU is exact
 * here, while a run approximates it (Window TinyLFU) and may keep other entries once the cache is full.
 */
@Evolving
public final class CacheReplay {
    private final Policies.Cache policy;
    private final double timeToLive;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long clock;

    private static final class Entry {
        final double stored;
        final long inserted;
        long used;
        long uses = 1;

        Entry(double stored, long now) {
            this.stored = stored;
            this.inserted = now;
            this.used = now;
        }
    }

    public CacheReplay(Policies.Cache policy) {
        this.policy = policy;
        this.timeToLive = policy.timeToLive() == null
                ? Double.POSITIVE_INFINITY
                : policy.timeToLive().toNanos() / 1e9;
    }

    /**
     * Whether the cache holds an answer for the key.
     *
     * @param time in seconds; must not go back
     */
    public boolean hit(String key, double time) {
        clock++;
        Entry entry = entries.get(key);
        if (entry == null) {
            return false;
        }
        if (time - entry.stored >= timeToLive) {
            entries.remove(key);
            return false;
        }
        entry.used = clock;
        entry.uses++;
        return true;
    }

    /** Keeps an answer that is there at this time. */
    public void store(String key, double time) {
        entries.remove(key);
        if (entries.size() >= policy.maxEntries()) {
            entries.remove(victim());
        }
        entries.put(key, new Entry(time, clock));
    }

    /** Forgets all answers. */
    public void clear() {
        entries.clear();
    }

    private String victim() {
        String victim = "";
        Entry least = null;
        for (Map.Entry<String, Entry> candidate : entries.entrySet()) {
            if (least == null || leavesBefore(candidate.getValue(), least)) {
                least = candidate.getValue();
                victim = candidate.getKey();
            }
        }
        return victim;
    }

    private boolean leavesBefore(Entry a, Entry b) {
        return switch (policy.eviction()) {
            case LRU -> a.used < b.used;
            case LFU -> a.uses < b.uses || (a.uses == b.uses && a.used < b.used);
            case FIFO -> a.inserted < b.inserted;
        };
    }
}

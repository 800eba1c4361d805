package dev.fettle.core.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Statistics by name for a limited number of names. Kept are the names with the smallest hashes; the others are united
 * under {@link #OTHER}. Which names are kept depends on the set of names alone, not on their order, so that merging stays
 * associative and commutative.
 */
public final class BoundedMap<S extends Mergeable<S>> implements Mergeable<BoundedMap<S>> {
    /** The name under which everything beyond the limit is united. */
    public static final String OTHER = "(other)";

    private final int limit;
    private final Supplier<S> fresh;
    private final Map<String, S> kept = new HashMap<>();
    private final TreeSet<String> byHash =
            new TreeSet<>(Comparator.comparingLong(StableHash::of).thenComparing(Comparator.naturalOrder()));
    private @Nullable S other;

    public BoundedMap(int limit, Supplier<S> fresh) {
        this.limit = limit;
        this.fresh = fresh;
    }

    /** The statistics in which the name counts. */
    public S at(String name) {
        S known = kept.get(name);
        if (known != null) {
            return known;
        }
        if (name.equals(OTHER)) {
            return others();
        }
        byHash.add(name);
        if (byHash.size() > limit) {
            String evicted = byHash.pollLast();
            if (evicted == null || evicted.equals(name)) {
                return others();
            }
            S moved = kept.remove(evicted);
            if (moved != null) {
                others().merge(moved);
            }
        }
        S added = fresh.get();
        kept.put(name, added);
        return added;
    }

    private S others() {
        if (other == null) {
            other = fresh.get();
        }
        return other;
    }

    @Override
    public void merge(BoundedMap<S> from) {
        from.kept.forEach((name, statistics) -> at(name).merge(statistics));
        if (from.other != null) {
            others().merge(from.other);
        }
    }

    public boolean isEmpty() {
        return kept.isEmpty() && other == null;
    }

    /** Calls with each name and its statistics, in order of name. */
    public void forEach(BiConsumer<String, S> action) {
        sorted().forEach(action);
    }

    public SortedMap<String, S> sorted() {
        SortedMap<String, S> all = new TreeMap<>(kept);
        if (other != null) {
            all.put(OTHER, other);
        }
        return all;
    }
}

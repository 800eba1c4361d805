package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import java.util.Collection;
import java.util.Set;

/**
 * The state keys that a node reads and writes.
 *
 * @param known false where nobody declared them, as in a workflow discovered from traces: then the sets are empty, and
 *     the node counts as reading and writing anything
 */
@Stable
public record StateAccess(Set<String> reads, Set<String> writes, boolean known) {
    public static final StateAccess UNKNOWN = new StateAccess(Set.of(), Set.of(), false);

    public StateAccess {
        reads = Copies.set(reads);
        writes = Copies.set(writes);
    }

    public static StateAccess of(Collection<String> reads, Collection<String> writes) {
        return new StateAccess(Copies.set(reads), Copies.set(writes), true);
    }
}

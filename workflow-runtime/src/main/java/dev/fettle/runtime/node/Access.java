package dev.fettle.runtime.node;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a node may read and write: as declared, for a parallel node what its members do. */
public final class Access {
    private Access() {}

    public static StateAccess of(Node node) {
        if (node.members().isEmpty()) {
            return node.state();
        }
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        for (Node member : node.members()) {
            StateAccess access = of(member);
            if (!access.known()) {
                return StateAccess.UNKNOWN;
            }
            reads.addAll(access.reads());
            writes.addAll(access.writes());
        }
        return StateAccess.of(reads, writes);
    }
}

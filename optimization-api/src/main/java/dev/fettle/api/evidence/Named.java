package dev.fettle.api.evidence;

import dev.fettle.api.Stable;
import dev.fettle.api.detect.Bottleneck;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The nodes and tools that bottlenecks name. */
@Stable
public final class Named {
    private Named() {}

    /** Nodes, in the order in which they are first named. */
    public static Set<String> nodes(List<Bottleneck> bottlenecks) {
        Set<String> nodes = new LinkedHashSet<>();
        for (Bottleneck bottleneck : bottlenecks) {
            String node = bottleneck.node();
            if (node != null) {
                nodes.add(node);
            }
            nodes.addAll(bottleneck.related());
        }
        return nodes;
    }
}

package dev.fettle.strategies.advanced.batching;

import dev.fettle.api.detect.BottleneckTypes;
import java.util.Set;

/** The bottlenecks behind which calls one after another may stand. */
final class Sequential {
    static final Set<String> TYPES = Set.of(BottleneckTypes.SLOW_NODE, BottleneckTypes.DOMINANT_NODE);

    private Sequential() {}
}

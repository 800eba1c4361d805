package dev.fettle.core.prove;

import java.util.List;
import java.util.Map;

/**
 * What a version comes to on one way through it.
 *
 * @param outputs from output key to the term of its value
 * @param effects terms of the effects, in order
 * @param failed whether the way ends in a failure, as where a condition has no edge for its label
 */
record Way(Map<String, String> outputs, List<String> effects, boolean failed) {
    Way {
        outputs = Map.copyOf(outputs);
        effects = List.copyOf(effects);
    }

    static final Way FAILED = new Way(Map.of(), List.of(), true);
}

package dev.fettle.runtime.node;

import dev.fettle.runtime.value.StateValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node did.
 *
 * @param updates the state keys that it wrote, in order
 * @param label the label that a condition chose; null for other nodes
 */
public record NodeOutcome(
        Map<String, StateValue> updates, @Nullable String label) {}

package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import org.jspecify.annotations.Nullable;

/**
 * The result of a node or tool call with external effects.
 *
 * @param node the node that ran or called
 * @param tool the tool called; null where the node itself has the effect
 * @param inputHash hash of what the node read, or of the arguments
 * @param result the updates of the node, or the result of the tool: a JSON value
 */
@Evolving
public record RecordedEffect(
        String node,
        @Nullable String tool,
        String inputHash,
        @Nullable Object result) {}

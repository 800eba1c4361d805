package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Effects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run asks of what is not the workflow itself, and that a recording can answer.
 *
 * @param node the node that asks
 * @param target the tool, the model, or the node itself
 * @param effects what the call does outside; a model does nothing
 * @param inputHash content hash of what is asked: the arguments, the model's messages and parameters, or what the node read
 * @param input the same as a JSON value; null where it is not kept
 */
@Evolving
public record OutsideCall(
        Kind kind,
        String node,
        String target,
        Effects effects,
        String inputHash,
        @Nullable Object input) {
    /** What is called. */
    public enum Kind {
        /** A node as a whole. */
        NODE,
        TOOL,
        MODEL
    }

    /** The same call, with another form of its input, or without. */
    public OutsideCall withInput(@Nullable Object kept) {
        return new OutsideCall(kind, node, target, effects, inputHash, kept);
    }

    /** The call in words. */
    public String describe() {
        return switch (kind) {
            case NODE -> "the node (" + node + ")";
            case TOOL -> "the call of the tool (" + target + ") by the node (" + node + ")";
            case MODEL -> "the call of the model (" + target + ") by the node (" + node + ")";
        };
    }
}

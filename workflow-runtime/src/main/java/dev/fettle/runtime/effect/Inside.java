package dev.fettle.runtime.effect;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.ToolCall;
import java.util.List;

/** The calls made inside a call that is a whole node; their starts count from its start. */
public record Inside(List<ModelCall> modelCalls, List<ToolCall> toolCalls) {
    public static final Inside NOTHING = new Inside(List.of(), List.of());

    public Inside {
        modelCalls = List.copyOf(modelCalls);
        toolCalls = List.copyOf(toolCalls);
    }
}

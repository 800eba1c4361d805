package dev.fettle.runtime.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import java.util.Optional;

/**
 * What a model answered: a text, calls of tools that it asks for, or both.
 *
 * @param cut whether the limit of its tokens ended the answer
 */
public record ModelAnswer(AiMessage message, boolean cut) {
    public String text() {
        return Optional.ofNullable(message.text()).orElse("");
    }

    /** The tools that it asks for, in order. */
    public List<ToolExecutionRequest> toolCalls() {
        return message.toolExecutionRequests();
    }
}

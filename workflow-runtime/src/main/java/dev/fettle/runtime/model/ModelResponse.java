package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.trace.TokenUsage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back from a model, and how a recording keeps it.
 *
 * @param model that answered; null where the response does not say
 * @param cut whether the limit of its tokens ended the answer
 */
record ModelResponse(AiMessage message, @Nullable String model, TokenUsage tokens, boolean cut) {
    static ModelResponse of(ChatResponse response) {
        return new ModelResponse(
                response.aiMessage(),
                response.modelName(),
                tokens(response),
                response.finishReason() == FinishReason.LENGTH);
    }

    private static TokenUsage tokens(ChatResponse response) {
        dev.langchain4j.model.output.TokenUsage usage = response.tokenUsage();
        if (usage == null) {
            return TokenUsage.NONE;
        }
        long cached = 0;
        if (usage instanceof OpenAiTokenUsage detailed && detailed.inputTokensDetails() != null) {
            cached = count(detailed.inputTokensDetails().cachedTokens());
        }
        return new TokenUsage(count(usage.inputTokenCount()), count(usage.outputTokenCount()), cached);
    }

    Map<String, @Nullable Object> toJson() {
        List<Object> calls = new ArrayList<>();
        for (ToolExecutionRequest call : message.toolExecutionRequests()) {
            Map<String, @Nullable Object> asked = new LinkedHashMap<>();
            asked.put("id", call.id());
            asked.put("name", call.name());
            asked.put("arguments", call.arguments());
            calls.add(asked);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("text", message.text());
        json.put("toolCalls", calls);
        json.put("model", model);
        json.put("inputTokens", tokens.input());
        json.put("outputTokens", tokens.output());
        json.put("cachedInputTokens", tokens.cachedInput());
        json.put("cut", cut);
        return json;
    }

    static ModelResponse fromJson(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, "the recorded answer of a model is not an object; maybe record again");
        }
        List<ToolExecutionRequest> calls = new ArrayList<>();
        if (map.get("toolCalls") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> call) {
                    calls.add(ToolExecutionRequest.builder()
                            .id(text(call.get("id")))
                            .name(text(call.get("name")))
                            .arguments(text(call.get("arguments")))
                            .build());
                }
            }
        }
        return new ModelResponse(
                AiMessage.builder()
                        .text(text(map.get("text")))
                        .toolExecutionRequests(calls)
                        .build(),
                text(map.get("model")),
                new TokenUsage(
                        count(map.get("inputTokens")),
                        count(map.get("outputTokens")),
                        count(map.get("cachedInputTokens"))),
                Boolean.TRUE.equals(map.get("cut")));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static long count(@Nullable Object tokens) {
        return tokens instanceof Number number ? number.longValue() : 0;
    }
}

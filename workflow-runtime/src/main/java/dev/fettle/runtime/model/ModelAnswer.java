package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.trace.TokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param model that answered; null where the answer does not say
 */
public record ModelAnswer(
        String text, @Nullable String model, TokenUsage tokens) {
    static ModelAnswer of(ChatResponse response) {
        String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
        return new ModelAnswer(text, response.modelName(), tokens(response));
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

    /** As a recording keeps it. */
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("text", text);
        json.put("model", model);
        json.put("inputTokens", tokens.input());
        json.put("outputTokens", tokens.output());
        json.put("cachedInputTokens", tokens.cachedInput());
        return json;
    }

    static ModelAnswer fromJson(@Nullable Object json) {
        if (json instanceof Map<?, ?> map && map.get("text") instanceof String text) {
            return new ModelAnswer(
                    text,
                    map.get("model") instanceof String model ? model : null,
                    new TokenUsage(
                            count(map.get("inputTokens")),
                            count(map.get("outputTokens")),
                            count(map.get("cachedInputTokens"))));
        }
        throw new FettleException(
                ErrorCode.BAD_INPUT, "the recorded answer of a model is not an object with a text; record again");
    }

    private static long count(@Nullable Object tokens) {
        return tokens instanceof Number number ? number.longValue() : 0;
    }
}

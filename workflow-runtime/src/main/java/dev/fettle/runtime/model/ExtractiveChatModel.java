package dev.fettle.runtime.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Optional;

/**
 * The offline model: answers with the sentences of the messages that stand for them. Deterministic, does not wait, calls
 * nothing. Tokens are counted by {@link TokenCounter}; what they cost is what the price table assumes.
 */
public final class ExtractiveChatModel implements ChatModel {
    /** The model's name in definitions and price tables. */
    public static final String NAME = "fettle-extractive";

    private static final int DEFAULT_MAX_TOKENS = 512;

    private final int maxSentences;

    public ExtractiveChatModel(int maxSentences) {
        this.maxSentences = maxSentences;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : request.messages()) {
            text.append(text(message)).append('\n');
        }
        int maxTokens = Optional.ofNullable(request.maxOutputTokens()).orElse(DEFAULT_MAX_TOKENS);
        String answer = ExtractiveSummary.of(text.toString(), maxSentences, maxTokens);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer))
                .modelName(NAME)
                .tokenUsage(new TokenUsage(TokenCounter.count(text.toString()), TokenCounter.count(answer)))
                .finishReason(FinishReason.STOP)
                .build();
    }

    private static String text(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.hasSingleText() ? user.singleText() : "";
        }
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        return message instanceof AiMessage ai ? Optional.ofNullable(ai.text()).orElse("") : "";
    }
}

package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** LangChain4j's clients of the chat APIs. They keep nothing between calls, so each call has its own. */
final class ChatModels {
    private ChatModels() {}

    /** @param endpoint null for the offline model */
    static ChatResponse answer(
            ModelRequest request, @Nullable Endpoint endpoint, Models models, CancelScope scope) {
        ChatRequest chat = request.toChatRequest();
        if (endpoint == null) {
            return new ExtractiveChatModel(models.settings().summarySentences()).chat(chat);
        }
        String name = Optional.ofNullable(endpoint.modelName()).orElse(request.model());
        String key = endpoint.kindOrDefault() == Endpoint.Kind.OPENAI ? apiKey(request.model(), endpoint, models) : "";
        ChatResponse response = request.parameters().stream()
                ? StreamedAnswer.of(streaming(key, name, endpoint, scope), chat)
                : whole(key, name, endpoint, scope).chat(chat);
        if (response.aiMessage() == null) {
            throw new IllegalStateException(
                    "the model's server answered without a message; expected a chat completion with choices");
        }
        return response;
    }

    private static ChatModel whole(String key, String name, Endpoint endpoint, CancelScope scope) {
        CancellableHttpClient.Builder http = new CancellableHttpClient.Builder(scope);
        return switch (endpoint.kindOrDefault()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .apiKey(key)
                        .modelName(name)
                        .timeout(endpoint.timeoutOrDefault())
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .modelName(name)
                        .timeout(endpoint.timeoutOrDefault())
                        .maxRetries(0)
                        .build();
        };
    }

    private static StreamingChatModel streaming(String key, String name, Endpoint endpoint, CancelScope scope) {
        CancellableHttpClient.Builder http = new CancellableHttpClient.Builder(scope);
        return switch (endpoint.kindOrDefault()) {
            case OPENAI ->
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .apiKey(key)
                        .modelName(name)
                        .timeout(endpoint.timeoutOrDefault())
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .modelName(name)
                        .timeout(endpoint.timeoutOrDefault())
                        .build();
        };
    }

    private static String apiKey(String model, Endpoint endpoint, Models models) {
        String variable = endpoint.apiKeyEnvironmentVariable();
        if (variable == null) {
            return "none";
        }
        String key = models.secrets().environment(variable).orElse("");
        if (key.isBlank()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the key of the model (" + model + ") is expected in the environment variable (" + variable
                            + "), which is not set");
        }
        return key;
    }
}

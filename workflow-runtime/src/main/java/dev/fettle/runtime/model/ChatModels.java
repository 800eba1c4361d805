package dev.fettle.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LangChain4j's clients of the chat APIs. They keep nothing between calls, so each call has its own. */
final class ChatModels {
    private ChatModels() {}

    /** @param endpoint null for the offline model */
    static ChatResponse answer(
            ModelRequest request,
            @Nullable Endpoint endpoint,
            Models models,
            CancelScope scope,
            CallProgress progress) {
        ChatRequest chat = request.toChatRequest();
        if (endpoint == null) {
            return new ExtractiveChatModel(models.settings().summarySentences()).chat(chat);
        }
        String name = Optional.ofNullable(endpoint.modelName()).orElse(request.model());
        String key = apiKey(request.model(), endpoint, models.secrets()::environment);
        CancellableHttpClient.Builder http = new CancellableHttpClient.Builder(scope, progress);
        ChatResponse response = readable(() -> request.parameters().stream()
                ? StreamedAnswer.of(streaming(key, name, endpoint, http), chat, progress)
                : whole(key, name, endpoint, http).chat(chat));
        if (response.aiMessage() == null) {
            throw new IllegalStateException(
                    "the model's server answered without a message; expected a chat completion with choices");
        }
        return response;
    }

    /** The libraries' own words for an answer that is no JSON tell a reader nothing of the server. */
    private static ChatResponse readable(Supplier<ChatResponse> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof JsonProcessingException) {
                    throw new IllegalStateException(
                            "the model's server answered with what is no JSON; expected a chat completion. Maybe its"
                                    + " baseUrl leads to something else",
                            e);
                }
            }
            throw e;
        }
    }

    static ChatModel whole(String key, String name, Endpoint endpoint, HttpClientBuilder http) {
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

    private static StreamingChatModel streaming(String key, String name, Endpoint endpoint, HttpClientBuilder http) {
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

    /**
     * The key of a model's endpoint; a placeholder where it needs none.
     *
     * @param environment the value of an environment variable; empty where it is not set
     */
    static String apiKey(String model, Endpoint endpoint, Function<String, Optional<String>> environment) {
        if (endpoint.kindOrDefault() == Endpoint.Kind.OLLAMA) {
            return "none";
        }
        String variable = endpoint.apiKeyEnvironmentVariable();
        if (variable == null) {
            return "none";
        }
        String key = environment.apply(variable).orElse("");
        if (key.isBlank()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the key of the model (" + model + ") is expected in the environment variable (" + variable
                            + "), which is not set");
        }
        return key;
    }
}

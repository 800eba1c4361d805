package dev.fettle.runtime.model;

import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.util.List;
import java.util.Optional;

/** Models at endpoints, outside of any run of a workflow. */
public final class EndpointModels {
    private EndpointModels() {}

    /** One answer, without further attempts. */
    public static ChatResponse chat(String model, Endpoint endpoint, ChatRequest request) {
        try (CancelScope scope = CancelScope.root()) {
            ChatResponse response = ChatModels.whole(
                            key(model, endpoint),
                            name(model, endpoint),
                            endpoint,
                            new CancellableHttpClient.Builder(scope))
                    .chat(request);
            if (response.aiMessage() == null) {
                throw new IllegalStateException("the model's server answered without a message");
            }
            return response;
        }
    }

    /** The vectors of texts, in order, without further attempts. */
    public static List<float[]> embeddings(String model, Endpoint endpoint, List<String> texts) {
        try (CancelScope scope = CancelScope.root()) {
            return embedding(model, endpoint, scope)
                    .embedAll(texts.stream().map(TextSegment::from).toList())
                    .content()
                    .stream()
                    .map(Embedding::vector)
                    .toList();
        }
    }

    private static EmbeddingModel embedding(String model, Endpoint endpoint, CancelScope scope) {
        CancellableHttpClient.Builder http = new CancellableHttpClient.Builder(scope);
        return switch (endpoint.kindOrDefault()) {
            case OPENAI ->
                OpenAiEmbeddingModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .apiKey(key(model, endpoint))
                        .modelName(name(model, endpoint))
                        .timeout(endpoint.timeoutOrDefault())
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaEmbeddingModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(endpoint.baseUrl())
                        .modelName(name(model, endpoint))
                        .timeout(endpoint.timeoutOrDefault())
                        .maxRetries(0)
                        .build();
        };
    }

    private static String key(String model, Endpoint endpoint) {
        return ChatModels.apiKey(model, endpoint, variable -> Optional.ofNullable(System.getenv(variable)));
    }

    private static String name(String model, Endpoint endpoint) {
        return Optional.ofNullable(endpoint.modelName()).orElse(model);
    }
}

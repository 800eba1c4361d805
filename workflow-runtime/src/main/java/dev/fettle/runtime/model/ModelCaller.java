package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.record.RunClock;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls models and records each call. */
public final class ModelCaller {
    private final RuntimeSettings settings;
    private final RunClock clock;
    private final CancelScope scope;
    private final Consumer<ModelCall> record;

    public ModelCaller(RuntimeSettings settings, RunClock clock, CancelScope scope, Consumer<ModelCall> record) {
        this.settings = settings;
        this.clock = clock;
        this.scope = scope;
        this.record = record;
    }

    /** Why the model cannot be called; null where it can. */
    public static @Nullable String obstacle(String model, RuntimeSettings settings) {
        if (model.equals(ExtractiveChatModel.NAME) || settings.endpoints().containsKey(model)) {
            return null;
        }
        return "the model (" + model + ") has no endpoint in the settings; expected one of "
                + settings.endpoints().keySet() + " or the offline model (" + ExtractiveChatModel.NAME + ")";
    }

    /**
     * Calls a model once, without retries: those are the node's.
     *
     * @param parameters {@code temperature}, {@code topP} and {@code maxTokens} count; others are the node's own
     */
    public ModelAnswer call(String model, String prompt, Map<String, Object> parameters) throws NotJsonException {
        ChatRequest request = request(prompt, parameters);
        String inputHash = inputHash(model, prompt, request);
        Duration start = clock.now();
        ChatResponse response;
        try {
            response = chatModel(model).chat(request);
        } catch (RuntimeException e) {
            Status status = scope.cancelled() ? Status.CANCELLED : Status.ERROR;
            record.accept(new ModelCall(
                    model,
                    start,
                    clock.now().minus(start),
                    TokenUsage.NONE,
                    status,
                    e.getClass().getSimpleName(),
                    null,
                    inputHash,
                    null));
            throw e;
        }
        Duration duration = clock.now().minus(start);
        String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
        String answeredBy = Optional.ofNullable(response.modelName()).orElse(model);
        String outputHash = CanonicalJson.digest(text).hash();
        record.accept(new ModelCall(
                answeredBy, start, duration, tokens(response), Status.OK, null, null, inputHash, outputHash));
        return new ModelAnswer(text);
    }

    private ChatModel chatModel(String model) {
        Endpoint endpoint = settings.endpoints().get(model);
        if (endpoint == null) {
            return new ExtractiveChatModel(settings.summarySentences());
        }
        return OpenAiChatModel.builder()
                .httpClientBuilder(new CancellableHttpClient.Builder(scope))
                .baseUrl(endpoint.baseUrl())
                .apiKey(apiKey(model, endpoint))
                .modelName(Optional.ofNullable(endpoint.modelName()).orElse(model))
                .timeout(endpoint.timeoutOrDefault())
                .maxRetries(0)
                .build();
    }

    private static String apiKey(String model, Endpoint endpoint) {
        String variable = endpoint.apiKeyEnvironmentVariable();
        if (variable == null) {
            return "none";
        }
        String key = System.getenv(variable);
        if (key == null || key.isBlank()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the key of the model (" + model + ") is expected in the environment variable (" + variable
                            + "), which is not set");
        }
        return key;
    }

    private static ChatRequest request(String prompt, Map<String, Object> parameters) {
        ChatRequest.Builder builder = ChatRequest.builder().messages(UserMessage.from(prompt));
        if (parameters.get("temperature") instanceof Number temperature) {
            builder.temperature(temperature.doubleValue());
        }
        if (parameters.get("topP") instanceof Number topP) {
            builder.topP(topP.doubleValue());
        }
        if (parameters.get("maxTokens") instanceof Number maxTokens) {
            builder.maxOutputTokens(maxTokens.intValue());
        }
        return builder.build();
    }

    private static String inputHash(String model, String prompt, ChatRequest request) throws NotJsonException {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("model", model);
        input.put("prompt", prompt);
        input.put("temperature", request.temperature());
        input.put("topP", request.topP());
        input.put("maxTokens", request.maxOutputTokens());
        return CanonicalJson.digest(input).hash();
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

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}

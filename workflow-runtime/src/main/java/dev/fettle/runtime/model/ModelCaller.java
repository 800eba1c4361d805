package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.api.workflow.Effects;
import dev.fettle.runtime.effect.Asked;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.effect.Inside;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls models and records each call. */
public final class ModelCaller {
    private final RuntimeSettings settings;
    private final EffectLog effects;
    private final OpenOccurrence occurrence;
    private final CancelScope scope;
    private final String node;

    public ModelCaller(
            RuntimeSettings settings, EffectLog effects, OpenOccurrence occurrence, CancelScope scope, String node) {
        this.settings = settings;
        this.effects = effects;
        this.occurrence = occurrence;
        this.scope = scope;
        this.node = node;
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
    public ModelAnswer call(String model, String prompt, Map<String, Object> parameters) throws Exception {
        ChatRequest request = request(prompt, parameters);
        Map<String, @Nullable Object> input = input(model, prompt, request);
        String inputHash = CanonicalJson.digest(input).hash();
        OutsideCall call = new OutsideCall(OutsideCall.Kind.MODEL, node, model, Effects.NONE, inputHash, input);
        Duration start = occurrence.now();
        ModelAnswer answer;
        Duration took;
        Duration duration;
        try {
            Asked asked = effects.ask(
                    call,
                    !settings.endpoints().containsKey(model),
                    () -> ModelAnswer.of(chatModel(model).chat(request)).toJson(),
                    () -> Inside.NOTHING);
            took = occurrence.now().minus(start);
            duration = asked.recorded() == null ? took : asked.recorded().duration();
            answer = ModelAnswer.fromJson(asked.value());
        } catch (Exception e) {
            took = occurrence.now().minus(start);
            duration = e instanceof RecordedFailure failure ? failure.duration() : took;
            Status status = scope.cancelled() ? Status.CANCELLED : Status.ERROR;
            String type = RecordedFailure.type(e);
            occurrence.add(new ModelCall(
                    model, start, duration, TokenUsage.NONE, status, type, null, inputHash, null));
            occurrence.replayed(took, duration);
            throw e;
        }
        String answeredBy = Optional.ofNullable(answer.model()).orElse(model);
        String outputHash = CanonicalJson.digest(answer.text()).hash();
        occurrence.add(new ModelCall(
                answeredBy, start, duration, answer.tokens(), Status.OK, null, null, inputHash, outputHash));
        occurrence.replayed(took, duration);
        return answer;
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

    private static Map<String, @Nullable Object> input(String model, String prompt, ChatRequest request) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("model", model);
        input.put("prompt", prompt);
        input.put("temperature", request.temperature());
        input.put("topP", request.topP());
        input.put("maxTokens", request.maxOutputTokens());
        return input;
    }
}

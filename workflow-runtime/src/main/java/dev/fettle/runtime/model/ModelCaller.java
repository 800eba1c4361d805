package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.runtime.budget.Budget;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls models within a budget and records each call with its tokens and cost. */
public final class ModelCaller {
    private final Models models;
    private final CancelScope scope;
    private final Budget budget;
    private final Consumer<ModelCall> record;

    ModelCaller(Models models, CancelScope scope, Budget budget, Consumer<ModelCall> record) {
        this.models = models;
        this.scope = scope;
        this.budget = budget;
        this.record = record;
    }

    /**
     * Calls a model once, without retries: those are the node's.
     *
     * @throws FettleException where the budget is spent, or the price is needed for it and not known
     * @throws InterruptedException where the call is cancelled while it waits for its turn
     */
    public ModelAnswer call(ModelRequest request) throws NotJsonException, InterruptedException {
        Endpoint endpoint = models.settings().endpoints().get(request.model());
        String inputHash = request.hash();
        Budget.Admission admission = budget.admit(mostUsd(request));
        double usd = 0;
        try {
            EndpointLimits.Permit permit = models.limits().acquire(endpoint);
            Duration start = models.clock().now();
            ChatResponse response;
            try {
                response = ChatModels.answer(request, endpoint, models, scope);
            } catch (RuntimeException e) {
                usd = likelyUsd(request, e);
                failed(request, inputHash, start, e);
                throw e;
            } finally {
                permit.release();
            }
            Duration duration = models.clock().now().minus(start);
            TokenUsage tokens = tokens(response);
            boolean counted = tokens.total() > 0;
            OptionalDouble cost = usd(answeredBy(request, response), request.model(), tokens);
            usd = counted ? cost.orElse(0) : likelyUsd(request, response);
            record.accept(new ModelCall(
                    answeredBy(request, response),
                    start,
                    duration,
                    tokens,
                    Status.OK,
                    null,
                    counted && cost.isPresent() ? cost.getAsDouble() : null,
                    inputHash,
                    outputHash(response)));
            return new ModelAnswer(response.aiMessage());
        } finally {
            admission.spend(usd);
        }
    }

    private void failed(ModelRequest request, String inputHash, Duration start, RuntimeException error) {
        record.accept(new ModelCall(
                request.model(),
                start,
                models.clock().now().minus(start),
                TokenUsage.NONE,
                scope.cancelled() ? Status.CANCELLED : Status.ERROR,
                error.getClass().getSimpleName(),
                null,
                inputHash,
                null));
    }

    private static String answeredBy(ModelRequest request, ChatResponse response) {
        return Optional.ofNullable(response.modelName())
                .filter(name -> !name.isBlank())
                .orElse(request.model());
    }

    private OptionalDouble usd(String answeredBy, String asked, TokenUsage tokens) {
        OptionalDouble usd = models.catalogue().usd(answeredBy, tokens);
        return usd.isPresent() ? usd : models.catalogue().usd(asked, tokens);
    }

    /** The highest possible cost; infinite where nothing limits the answer. */
    private double mostUsd(ModelRequest request) {
        if (!budget.limited()) {
            return 0;
        }
        Optional<Integer> maxTokens = request.parameters().maxTokens();
        TokenUsage most = new TokenUsage(request.mostInputTokens(), maxTokens.orElse(1), 0);
        OptionalDouble usd = models.catalogue().usd(request.model(), most);
        if (usd.isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the price of the model (" + request.model() + ") is not known, so a budget in USD cannot be"
                            + " kept; expected a priced model where there is a maxUsd. Maybe add the model to the price"
                            + " table");
        }
        boolean free = usd.getAsDouble() == 0;
        return maxTokens.isPresent() || free ? usd.getAsDouble() : Double.POSITIVE_INFINITY;
    }

    /** A server that refused has not worked; one that broke off has, and will want to be paid. */
    private double likelyUsd(ModelRequest request, RuntimeException error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof HttpException) {
                return 0;
            }
            cause = cause.getCause();
        }
        return models.catalogue()
                .usd(request.model(), new TokenUsage(request.likelyInputTokens(), 0, 0))
                .orElse(0);
    }

    private double likelyUsd(ModelRequest request, ChatResponse response) {
        String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
        TokenUsage likely = new TokenUsage(request.likelyInputTokens(), TokenCounter.count(text), 0);
        return models.catalogue().usd(request.model(), likely).orElse(0);
    }

    private static String outputHash(ChatResponse response) throws NotJsonException {
        String text = Optional.ofNullable(response.aiMessage().text()).orElse("");
        List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
        if (calls.isEmpty()) {
            return CanonicalJson.digest(text).hash();
        }
        List<Object> output = new ArrayList<>();
        output.add(text);
        calls.forEach(call -> output.add(List.of(String.valueOf(call.name()), String.valueOf(call.arguments()))));
        return CanonicalJson.digest(output).hash();
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

package dev.fettle.runtime.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Effects;
import dev.fettle.runtime.budget.Budget;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.effect.Asked;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.effect.Inside;
import dev.fettle.runtime.effect.Locality;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls models within a budget and records each call with its tokens and cost. */
public final class ModelCaller {
    /** Characters of a failure that another error quotes; a server's answer may be a page. */
    private static final int MOST_OF_A_REASON = 300;

    private final Models models;
    private final CancelScope scope;
    private final Budget budget;
    private final String node;
    private final EffectLog effects;
    private final OpenOccurrence occurrence;

    ModelCaller(
            Models models,
            CancelScope scope,
            Budget budget,
            String node,
            EffectLog effects,
            OpenOccurrence occurrence) {
        this.models = models;
        this.scope = scope;
        this.budget = budget;
        this.node = node;
        this.effects = effects;
        this.occurrence = occurrence;
    }

    /**
     * Calls a model once, without retries: those are the node's.
     *
     * @throws FettleException where the budget is spent, or the price is needed for it and not known
     * @throws InterruptedException where the call is cancelled while it waits for its turn
     */
    public ModelAnswer call(ModelRequest request) throws Exception {
        Endpoint endpoint = models.settings().endpoints().get(request.model());
        Map<String, @Nullable Object> input = request.described();
        OutsideCall call = new OutsideCall(
                OutsideCall.Kind.MODEL,
                node,
                request.model(),
                Effects.NONE,
                CanonicalJson.digest(input).hash(),
                input);
        double mostUsd = mostUsd(request);
        Budget.Admission admission = budget.admit(request.model(), mostUsd, mostUsd > 0 || isPaid(request.model()));
        CallProgress progress = new CallProgress();
        try {
            EndpointLimits.Permit permit = models.limits().acquire(endpoint);
            Duration start = models.clock().now();
            ModelResponse response;
            Duration took;
            Duration duration;
            Asked asked;
            try {
                AtomicReference<@Nullable ModelResponse> made = new AtomicReference<>();
                asked = effects.ask(
                        call,
                        endpoint == null ? Locality.FREE : Locality.OUTSIDE,
                        () -> {
                            made.set(ModelResponse.of(ChatModels.answer(request, endpoint, models, scope, progress)));
                            return Objects.requireNonNull(made.get()).toJson();
                        },
                        () -> Inside.NOTHING);
                ModelResponse live = made.get();
                response = live == null ? ModelResponse.fromJson(asked.value()) : live;
                took = models.clock().now().minus(start);
                duration = asked.recorded() == null ? took : asked.recorded().duration();
            } catch (RuntimeException | RecordedFailure e) {
                charge(admission, request, mostUsd, progress, e);
                failed(call, start, e);
                throw e;
            } finally {
                permit.release();
            }
            TokenUsage tokens = response.tokens();
            boolean counted = tokens.total() > 0;
            OptionalDouble cost = usd(answeredBy(request, response), request.model(), tokens);
            if (counted && cost.isPresent() && asked.recorded() == null) {
                admission.spendCounted(cost.getAsDouble());
            } else {
                admission.spend(counted ? cost.orElse(0) : likelyUsd(request, response));
            }
            occurrence.add(new ModelCall(
                    answeredBy(request, response),
                    start,
                    duration,
                    tokens,
                    Status.OK,
                    null,
                    counted && cost.isPresent() ? cost.getAsDouble() : null,
                    call.inputHash(),
                    outputHash(response)));
            occurrence.replayed(took, duration);
            return new ModelAnswer(response.message(), response.cut());
        } finally {
            admission.spend(0);
        }
    }

    private void failed(OutsideCall call, Duration start, Exception error) {
        Duration took = models.clock().now().minus(start);
        Duration duration = error instanceof RecordedFailure recorded ? recorded.duration() : took;
        occurrence.add(new ModelCall(
                call.target(),
                start,
                duration,
                TokenUsage.NONE,
                scope.cancelled() ? Status.CANCELLED : Status.ERROR,
                RecordedFailure.type(error),
                null,
                call.inputHash(),
                null));
        occurrence.replayed(took, duration);
    }

    private static String answeredBy(ModelRequest request, ModelResponse response) {
        return Optional.ofNullable(response.model())
                .filter(name -> !name.isBlank())
                .orElse(request.model());
    }

    private OptionalDouble usd(String answeredBy, String asked, TokenUsage tokens) {
        OptionalDouble usd = models.catalogue().usd(answeredBy, tokens);
        return usd.isPresent() ? usd : models.catalogue().usd(asked, tokens);
    }

    private boolean isPaid(String model) {
        return models.catalogue()
                        .usd(model, new TokenUsage(1_000_000, 1_000_000, 0))
                        .orElse(0)
                > 0;
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

    /**
     * A server that was not reached or refused has not worked. One that broke off, or was left at a time limit, has, and
     * nobody knows how much: the budget takes the most that it can be. The trace says no cost, for none is known.
     */
    private void charge(
            Budget.Admission admission, ModelRequest request, double mostUsd, CallProgress progress, Exception error) {
        if (error instanceof RecordedFailure) {
            admission.spend(likelyUsd(request, 0));
        } else if (!progress.sent() || isRefused(error)) {
            admission.spend(0);
        } else {
            double likely = likelyUsd(request, progress.outputTokens());
            boolean known = Double.isFinite(mostUsd);
            admission.breakOff(known ? Math.max(mostUsd, likely) : likely, !known, reason(error));
        }
    }

    private static String reason(Exception error) {
        String message = Objects.requireNonNullElse(error.getMessage(), RecordedFailure.type(error));
        return message.length() <= MOST_OF_A_REASON ? message : message.substring(0, MOST_OF_A_REASON) + "...";
    }

    private static boolean isRefused(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof HttpException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private double likelyUsd(ModelRequest request, ModelResponse response) {
        return likelyUsd(
                request,
                TokenCounter.count(
                        Optional.ofNullable(response.message().text()).orElse("")));
    }

    private double likelyUsd(ModelRequest request, int outputTokens) {
        TokenUsage likely = new TokenUsage(request.likelyInputTokens(), outputTokens, 0);
        return models.catalogue().usd(request.model(), likely).orElse(0);
    }

    private static String outputHash(ModelResponse response) throws NotJsonException {
        String text = Optional.ofNullable(response.message().text()).orElse("");
        List<ToolExecutionRequest> calls = response.message().toolExecutionRequests();
        if (calls.isEmpty()) {
            return CanonicalJson.digest(text).hash();
        }
        List<Object> output = new ArrayList<>();
        output.add(text);
        calls.forEach(call -> output.add(List.of(String.valueOf(call.name()), String.valueOf(call.arguments()))));
        return CanonicalJson.digest(output).hash();
    }
}

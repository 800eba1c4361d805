package dev.fettle.core.model;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What recorded calls cost, in USD: what the trace states, else what tables say. What is unknown has no price, and never the
 * price zero: a successful call of a model that states no input tokens, a model or tool without a price.
 */
public final class CallPrices {
    /** A stated cost beyond this for one call is not believed. */
    private static final double HIGHEST_USD = 1e9;

    private final ModelCatalogue models;
    private final TreeMap<String, BigDecimal> perCall = new TreeMap<>();

    public CallPrices(ModelCatalogue models, Collection<ToolSpec> tools) {
        this.models = models;
        for (ToolSpec tool : tools) {
            BigDecimal price = tool.usdPerCall();
            if (price != null) {
                perCall.put(tool.name(), price);
            }
        }
    }

    /** Whether a cost that a trace states can be one. */
    public static boolean isStated(@Nullable Double usd) {
        return usd != null && usd >= 0 && usd <= HIGHEST_USD;
    }

    /** Whether a call says how much it used. One that failed and states nothing used nothing. */
    public static boolean isMeasured(ModelCall call) {
        return call.status() != Status.OK || call.tokens().input() > 0;
    }

    /** What the call cost. */
    public OptionalDouble usd(ModelCall call) {
        Double stated = call.recordedUsd();
        if (stated != null && isStated(stated)) {
            return OptionalDouble.of(stated);
        }
        if (isMeasured(call) && call.tokens().total() == 0) {
            return OptionalDouble.of(0);
        }
        String model = call.model();
        return model == null ? OptionalDouble.empty() : usd(model, call);
    }

    /** What the tokens of the call would have cost on this model. */
    public OptionalDouble usd(String model, ModelCall call) {
        return isMeasured(call) ? usd(model, call.tokens()) : OptionalDouble.empty();
    }

    /** What so many tokens cost. */
    public OptionalDouble usd(String model, TokenUsage tokens) {
        OptionalDouble usd = models.usd(model, tokens);
        return usd.isPresent() && Double.isFinite(usd.getAsDouble()) ? usd : OptionalDouble.empty();
    }

    /** What the call cost; an answer from a cache costs nothing. */
    public OptionalDouble usd(ToolCall call) {
        Double stated = call.recordedUsd();
        if (stated != null && isStated(stated)) {
            return OptionalDouble.of(stated);
        }
        if (Boolean.TRUE.equals(call.cached())) {
            return OptionalDouble.of(0);
        }
        BigDecimal price = perCall.get(call.tool());
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price.doubleValue());
    }

    /** The price of a call of the tool; null where it is not known. */
    public @Nullable BigDecimal perCall(String tool) {
        return perCall.get(tool);
    }

    public ModelCatalogue models() {
        return models;
    }
}

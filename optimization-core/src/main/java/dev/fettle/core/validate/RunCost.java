package dev.fettle.core.validate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run cost: what the trace states, else prices of models and tools.
 *
 * @param usd of everything with a known price
 * @param unpriced what has none: tokens by model (1 for a call that does not state any), calls by tool
 */
public record RunCost(double usd, SortedMap<String, Long> unpriced) {
    static final RunCost NONE = new RunCost(0, Collections.emptySortedMap());

    public RunCost {
        unpriced = Collections.unmodifiableSortedMap(new TreeMap<>(unpriced));
    }

    /** The cost of a run of the workflow. */
    public static RunCost of(ExecutionTrace trace, Workflow workflow, ModelCatalogue models) {
        Map<String, BigDecimal> toolPrices = new HashMap<>();
        for (ToolSpec tool : workflow.tools()) {
            BigDecimal price = tool.usdPerCall();
            if (price != null) {
                toolPrices.put(tool.name(), price);
            }
        }
        double usd = 0;
        SortedMap<String, Long> unpriced = new TreeMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            for (ModelCall call : occurrence.modelCalls()) {
                OptionalDouble price = price(call, models);
                usd += price.orElse(0);
                if (price.isEmpty()) {
                    String model = call.model();
                    unpriced.merge(
                            model == null ? "unnamed model" : model,
                            // a call that does not say how much it used is not nothing
                            Math.max(1, call.tokens().total()),
                            Long::sum);
                }
            }
            for (ToolCall call : occurrence.toolCalls()) {
                OptionalDouble price = price(call, toolPrices);
                usd += price.orElse(0);
                if (price.isEmpty()) {
                    unpriced.merge(call.tool(), 1L, Long::sum);
                }
            }
        }
        return new RunCost(usd, unpriced);
    }

    /** Whether nothing without a price is used more than in the other run, so that the priced part can only flatter it. */
    boolean comparableWith(RunCost original) {
        return unpriced.entrySet().stream()
                .allMatch(used -> used.getValue() <= original.unpriced.getOrDefault(used.getKey(), 0L));
    }

    private static OptionalDouble price(ModelCall call, ModelCatalogue models) {
        Double recorded = call.recordedUsd();
        if (recorded != null) {
            return OptionalDouble.of(recorded);
        }
        if (call.tokens().input() == 0 && call.status() == Status.OK) {
            return OptionalDouble.empty();
        }
        if (call.tokens().total() == 0) {
            return OptionalDouble.of(0);
        }
        String model = call.model();
        return model == null ? OptionalDouble.empty() : models.usd(model, call.tokens());
    }

    private static OptionalDouble price(ToolCall call, Map<String, BigDecimal> prices) {
        Double recorded = call.recordedUsd();
        if (recorded != null) {
            return OptionalDouble.of(recorded);
        }
        if (Boolean.TRUE.equals(call.cached())) {
            return OptionalDouble.of(0);
        }
        BigDecimal price = prices.get(call.tool());
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price.doubleValue());
    }
}

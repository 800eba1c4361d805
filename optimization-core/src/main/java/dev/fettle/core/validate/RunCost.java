package dev.fettle.core.validate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.model.CallPrices;
import java.util.Collection;
import java.util.Collections;
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
        return of(trace, workflow.tools(), models);
    }

    /** The cost of a run by the prices that these tools state. */
    static RunCost of(ExecutionTrace trace, Collection<ToolSpec> tools, ModelCatalogue models) {
        CallPrices prices = new CallPrices(models, tools);
        double usd = 0;
        SortedMap<String, Long> unpriced = new TreeMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            for (ModelCall call : occurrence.modelCalls()) {
                OptionalDouble price = prices.usd(call);
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
                OptionalDouble price = prices.usd(call);
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
}

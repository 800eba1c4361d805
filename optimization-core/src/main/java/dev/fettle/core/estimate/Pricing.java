package dev.fettle.core.estimate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.model.CallPrices;
import java.math.BigDecimal;

/** What recorded calls cost, by {@link CallPrices}; NaN where that is not known. */
final class Pricing {
    private final CallPrices prices;

    Pricing(ModelCatalogue models, Workflow workflow) {
        prices = new CallPrices(models, workflow.tools());
    }

    double usd(ModelCall call) {
        return prices.usd(call).orElse(Double.NaN);
    }

    /** The tokens of the call at the price of a model. */
    double usd(String model, ModelCall call) {
        return prices.usd(model, call).orElse(Double.NaN);
    }

    /** A call without a known price adds nothing: sums are of the known part, before and after alike. */
    double usd(ToolCall call) {
        return prices.usd(call).orElse(0);
    }

    double usdPerCall(String tool) {
        BigDecimal price = prices.perCall(tool);
        return price == null ? 0 : price.doubleValue();
    }

    ModelCatalogue models() {
        return prices.models();
    }
}

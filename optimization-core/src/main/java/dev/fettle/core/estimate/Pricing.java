package dev.fettle.core.estimate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What recorded calls cost: as the trace states, else as tables do; NaN where neither does. */
final class Pricing {
    private final ModelCatalogue models;
    private final Map<String, ToolSpec> tools = new HashMap<>();

    Pricing(ModelCatalogue models, Workflow workflow) {
        this.models = models;
        workflow.tools().forEach(tool -> tools.put(tool.name(), tool));
    }

    double usd(ModelCall call) {
        if (call.recordedUsd() != null) {
            return call.recordedUsd();
        }
        return call.model() == null ? Double.NaN : usd(call.model(), call);
    }

    /** The tokens of the call at the price of a model. */
    double usd(String model, ModelCall call) {
        return models.usd(model, call.tokens()).orElse(Double.NaN);
    }

    /** A tool without a price is one that nobody pays for: unlike a model, it is not expected to have one. */
    double usd(ToolCall call) {
        if (call.recordedUsd() != null) {
            return call.recordedUsd();
        }
        return Boolean.TRUE.equals(call.cached()) ? 0 : usdPerCall(call.tool());
    }

    double usdPerCall(String tool) {
        ToolSpec spec = tools.get(tool);
        BigDecimal price = spec == null ? null : spec.usdPerCall();
        return price == null ? 0 : price.doubleValue();
    }

    ModelCatalogue models() {
        return models;
    }
}

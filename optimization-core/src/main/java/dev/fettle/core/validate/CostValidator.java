package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import java.util.List;
import java.util.Locale;

/** The estimated mean cost of a run is within the budget. */
@AutoService(WorkflowValidator.class)
public final class CostValidator implements WorkflowValidator {
    @Override
    public String name() {
        return "cost";
    }

    @Override
    public List<Violation> check(Context context) {
        double cost = context.estimate().costUsd().after();
        double budget = context.constraints().maxCostUsd();
        if (cost <= budget || budget == Double.POSITIVE_INFINITY) {
            return List.of();
        }
        String message = Double.isNaN(cost)
                ? "the cost could not be estimated"
                : String.format(Locale.ROOT, "the estimated cost of a run, %.6f USD, exceeds %.6f USD", cost, budget);
        return List.of(new Violation("cost_budget", message, false));
    }
}

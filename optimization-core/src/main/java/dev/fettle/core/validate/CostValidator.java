package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.workflow.ToolSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The estimated mean cost of a run is within the budget, and no tool gets cheaper by being said to. */
@AutoService(WorkflowValidator.class)
public final class CostValidator implements WorkflowValidator {
    @Override
    public String name() {
        return "cost";
    }

    @Override
    public List<Violation> check(Context context) {
        List<Violation> violations = new ArrayList<>();
        for (ToolSpec before : context.original().tools()) {
            context.candidate()
                    .tool(before.name())
                    .filter(after -> !samePrice(before.usdPerCall(), after.usdPerCall()))
                    .ifPresent(after -> violations.add(new Violation(
                            "cost_budget",
                            "the price of the tool '" + before.name() + "' (usdPerCall) would be " + after.usdPerCall()
                                    + ", and was " + before.usdPerCall()
                                    + ": a version does not change what a tool costs",
                            true)));
        }
        budget(context, violations);
        return violations;
    }

    private static boolean samePrice(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    private static void budget(Context context, List<Violation> violations) {
        double cost = context.estimate().costUsd().after();
        double budget = context.constraints().maxCostUsd();
        if (context.constraints().allowsCostUsd(cost)) {
            return;
        }
        String message = Double.isNaN(cost)
                ? "the cost could not be estimated"
                : String.format(Locale.ROOT, "the estimated cost of a run, %.6f USD, exceeds %.6f USD", cost, budget);
        violations.add(new Violation("cost_budget", message, false));
    }
}

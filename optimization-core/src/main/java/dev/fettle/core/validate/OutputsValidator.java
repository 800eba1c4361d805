package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.ArrayList;
import java.util.List;

/** The candidate is well formed, takes the same inputs, gives the same outputs and keeps the nodes that must stay. */
@AutoService(WorkflowValidator.class)
public final class OutputsValidator implements WorkflowValidator {
    private static final String TYPE = "functional_equivalence";

    @Override
    public String name() {
        return "outputs";
    }

    @Override
    public List<Violation> check(Context context) {
        List<Violation> violations = new ArrayList<>();
        for (WorkflowCheck.Problem problem : WorkflowCheck.problems(context.candidate())) {
            violations.add(new Violation(TYPE, problem.message(), true));
        }
        for (String output : context.original().outputs()) {
            if (!context.candidate().outputs().contains(output)) {
                violations.add(new Violation(TYPE, "the output '" + output + "' is gone", true));
            }
        }
        for (String input : context.candidate().inputs()) {
            if (!context.original().inputs().contains(input)) {
                violations.add(new Violation(TYPE, "the input '" + input + "' is needed in addition", true));
            }
        }
        context.constraints().keepNodes().stream().sorted().forEach(node -> {
            if (context.original().node(node).isPresent()
                    && context.candidate().node(node).isEmpty()) {
                violations.add(new Violation("keep_nodes", "the node '" + node + "' must stay, and is gone", true));
            }
        });
        return violations;
    }
}

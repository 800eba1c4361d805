package dev.fettle.core.validate;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks every validator about a candidate. */
public final class StaticChecks {
    private final List<Check> checks;

    /** A validator with its settings. */
    public record Check(WorkflowValidator validator, Record settings) {
        public static Check of(WorkflowValidator validator) {
            return new Check(validator, validator.defaultSettings());
        }
    }

    public StaticChecks(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** The validators that come with Fettle, with their default settings. */
    public static StaticChecks standard() {
        return new StaticChecks(List.of(
                Check.of(new OutputsValidator()),
                Check.of(new EffectsValidator()),
                Check.of(new SecurityValidator()),
                Check.of(new QualityValidator()),
                Check.of(new CostValidator()),
                Check.of(new MemoryValidator())));
    }

    /** Everything found. A validator that fails has not approved: that is a critical violation. */
    public List<Violation> run(
            Workflow original,
            Workflow candidate,
            Estimate estimate,
            Constraints constraints,
            @Nullable PerformanceProfile profile) {
        List<Violation> violations = new ArrayList<>();
        for (Check check : checks) {
            try {
                violations.addAll(check.validator()
                        .check(new WorkflowValidator.Context(
                                original, candidate, estimate, constraints, profile, check.settings())));
            } catch (RuntimeException e) {
                violations.add(new Violation(
                        check.validator().name(), "the check could not be completed: " + e.getMessage(), true));
            }
        }
        return violations;
    }
}

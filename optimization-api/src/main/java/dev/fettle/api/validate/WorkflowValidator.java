package dev.fettle.api.validate;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a rewritten workflow against the original without running it. Registered with
 * {@code @AutoService(WorkflowValidator.class)}.
 */
@Stable
public interface WorkflowValidator extends Plugin {
    /** What is wrong with the candidate; empty where nothing is. */
    List<Violation> check(Context context);

    /**
     * What a validator looks at.
     *
     * @param profile of the original; null where nothing was recorded
     */
    record Context(
            Workflow original,
            Workflow candidate,
            Estimate estimate,
            Constraints constraints,
            @Nullable PerformanceProfile profile,
            Record settings) {
        public Context(
                Workflow original, Workflow candidate, Estimate estimate, Constraints constraints, Record settings) {
            this(original, candidate, estimate, constraints, null, settings);
        }
    }

    /**
     * @param critical whether the candidate must be rejected, rather than shown to a person
     */
    record Violation(String type, String message, boolean critical) {}
}

package dev.fettle.testkit.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.Stable;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.workflow.RandomWorkflows;
import dev.fettle.testkit.workflow.SampleWorkflows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What holds for every validator; a test class implements it for its own.
 *
 * <pre>{@code
 * final class CostLimitTest implements ValidatorContract {
 *     public WorkflowValidator validator() { return new CostLimit(); }
 * }
 * }</pre>
 */
@Stable
public interface ValidatorContract {
    WorkflowValidator validator();

    /** Workflows that are compared with themselves. */
    default List<Workflow> workflows() {
        List<Workflow> workflows = new ArrayList<>(SampleWorkflows.all());
        for (long seed = 0; seed < 20; seed++) {
            workflows.add(RandomWorkflows.generate(seed));
        }
        return workflows;
    }

    @Test
    default void hasANameOfLowerCaseWords() {
        assertThat(validator().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    @Test
    default void findsNothingWrongWithAnUnchangedWorkflow() {
        for (Workflow workflow : workflows()) {
            assertThat(check(workflow, workflow)).as(workflow.id()).isEmpty();
        }
    }

    @Test
    default void saysTheSameEachTimeAndInWords() {
        List<Workflow> workflows = workflows();
        for (int i = 1; i < workflows.size(); i++) {
            List<Violation> violations = check(workflows.get(i - 1), workflows.get(i));
            assertThat(check(workflows.get(i - 1), workflows.get(i))).isEqualTo(violations);
            assertThat(violations).allSatisfy(violation -> {
                assertThat(violation.type()).isNotBlank();
                assertThat(violation.message()).isNotBlank();
            });
        }
    }

    private List<Violation> check(Workflow original, Workflow candidate) {
        return validator()
                .check(new WorkflowValidator.Context(
                        original,
                        candidate,
                        unchanged(),
                        Constraints.DEFAULT,
                        validator().defaultSettings()));
    }

    /** An estimate by which nothing changes. */
    static Estimate unchanged() {
        MetricEstimate one = new MetricEstimate(1, 1, 1, 1, Source.MEASURED);
        MetricEstimate none = new MetricEstimate(0, 0, 0, 0, Source.MEASURED);
        return new Estimate(one, one, one, one, none, one, one, 1, 1, List.of());
    }
}

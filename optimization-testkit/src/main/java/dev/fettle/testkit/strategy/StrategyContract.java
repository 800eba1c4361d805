package dev.fettle.testkit.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.Stable;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What holds for the suggestions of every strategy: ids are unique and stable, the name of the strategy is right, each
 * has evidence and a reason, its changes make a well-formed workflow or are refused with a reason, expected outcomes are
 * finite and say what they rest on, and the same context gives the same suggestions.
 */
@Stable
public final class StrategyContract {
    private StrategyContract() {}

    /** Fails where the suggestions that the strategy made in the context break the contract. */
    public static void check(OptimizationStrategy strategy, StrategyContext context, List<Suggestion> suggestions) {
        assertThat(strategy.name()).as("name").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(strategy.suggest(context))
                .as("a second call with the same context")
                .isEqualTo(suggestions);
        Set<String> ids = new HashSet<>();
        for (Suggestion suggestion : suggestions) {
            assertThat(ids.add(suggestion.id()))
                    .as("(" + suggestion.id() + ") is unique")
                    .isTrue();
            assertThat(suggestion.strategy())
                    .as("strategy of (" + suggestion.id() + ")")
                    .isEqualTo(strategy.name());
            texts(suggestion);
            targets(suggestion, context.workflow());
            suggestion.outcomes().forEach(outcome -> outcome(suggestion, outcome, context.workflow()));
            result(suggestion, context.workflow());
        }
    }

    private static void texts(Suggestion suggestion) {
        assertThat(suggestion.reason())
                .as("reason of (" + suggestion.id() + ")")
                .isNotBlank();
        assertThat(suggestion.decision())
                .as("decision of (" + suggestion.id() + ")")
                .isNotBlank();
        suggestion.evidence().forEach(evidence -> {
            assertThat(evidence.text())
                    .as("evidence of (" + suggestion.id() + ")")
                    .isNotBlank();
            assertThat(evidence.count()).as("observations behind it").isNotNegative();
            assertThat(evidence.low()).as("low end of its interval").isLessThanOrEqualTo(evidence.high());
        });
        suggestion.changes().forEach(change -> assertThat(change.describe()).isNotBlank());
    }

    private static void targets(Suggestion suggestion, Workflow workflow) {
        assertThat(suggestion.targets())
                .as("targets of (" + suggestion.id() + ")")
                .isNotEmpty()
                .allMatch(target -> workflow.node(target).isPresent()
                        || workflow.tool(target).isPresent());
    }

    private static void outcome(Suggestion suggestion, ExpectedOutcome outcome, Workflow workflow) {
        assertThat(workflow.node(outcome.node()))
                .as("node of an outcome of (" + suggestion.id() + ")")
                .isPresent();
        assertThat(outcome.basis()).as("basis of an outcome").isNotBlank();
        for (var amount : List.of(outcome.seconds(), outcome.usd(), outcome.quality())) {
            assertThat(amount.value()).isFinite().isNotNegative();
            assertThat(amount.low()).isLessThanOrEqualTo(amount.value());
            assertThat(amount.high()).isGreaterThanOrEqualTo(amount.value());
        }
    }

    private static void result(Suggestion suggestion, Workflow workflow) {
        ChangeResult result = WorkflowChange.applyAll(workflow, suggestion.changes());
        if (result instanceof ChangeResult.Refused refused) {
            assertThat(refused.reason())
                    .as("why (" + suggestion.id() + ") is refused")
                    .isNotBlank();
        } else if (result instanceof ChangeResult.Applied applied) {
            Set<WorkflowCheck.Problem> known = new HashSet<>(WorkflowCheck.problems(workflow));
            assertThat(WorkflowCheck.problems(applied.workflow()))
                    .as("problems of the workflow that (" + suggestion.id() + ") makes")
                    .allMatch(known::contains);
            assertThat(applied.workflow().outputs()).isEqualTo(workflow.outputs());
            assertThat(applied.workflow())
                    .as("(" + suggestion.id() + ") changes something")
                    .isNotEqualTo(workflow);
        }
    }
}

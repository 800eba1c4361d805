package dev.fettle.strategies.advanced.model;

import static dev.fettle.strategies.advanced.model.AgentRuns.MODELS;
import static dev.fettle.strategies.advanced.model.AgentRuns.runs;
import static dev.fettle.strategies.advanced.model.AgentRuns.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCascadeTest {
    private static final String JSON = "Give the label of {text} as JSON.";

    private static StrategyTester tester(Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(new ModelCascade())
                .on(workflow)
                .with(traces)
                .models(MODELS)
                .bottleneck(BottleneckTypes.EXPENSIVE_NODE, "judge");
    }

    private static Workflow cascading(String cheap) {
        Policies.Cascade cascade = new Policies.Cascade(cheap, true, null, 0, null);
        return workflow("big", JSON).mapNode("judge", node -> node.toBuilder()
                .policies(Policies.NONE.withCascade(cascade))
                .build());
    }

    @Test
    void aCheapModelAnswersFirstWhereABrokenAnswerShows() {
        Suggestion suggestion =
                tester(workflow("big", JSON), runs("big", 20, 0, 1500, 100)).suggests(cascading("small"));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.source()).isEqualTo(Source.ASSUMED);
            // 0.05 for the cheap model, and the dear one in half of the cases
            assertThat(outcome.usd().value()).isEqualTo(0.55);
            assertThat(outcome.usd().low()).isLessThan(outcome.usd().high());
        });
    }

    @Test
    void recordedOutcomesSayHowOftenTheCheapModelIsEnough() {
        List<ExecutionTrace> traces = new ArrayList<>(runs("big", 20, 0, 1500, 100));
        traces.addAll(runs("small", 20, 2, 1500, 100));

        Suggestion suggestion = tester(workflow("big", JSON), traces).suggests(cascading("small"));

        assertThat(suggestion.outcomes().get(0).source()).isEqualTo(Source.ESTIMATED);
        assertThat(suggestion.evidence().get(0).text()).contains("18 of 20");
    }

    @Test
    void aCheapModelThatOftenFailsIsNotAskedFirst() {
        List<ExecutionTrace> traces = new ArrayList<>(runs("big", 20, 0, 1500, 100));
        traces.addAll(runs("small", 20, 17, 1500, 100));

        tester(workflow("big", JSON), traces).doesNotFire("a cascade is expected to cost more than 0.8");
    }

    @Test
    void withoutACheckNothingIsSaid() {
        tester(workflow("big", "Give the label of {text}."), runs("big", 20, 0, 1500, 100))
                .doesNotFire();
    }

    @Test
    void anAgentWithEffectsIsAskedOnce() {
        Workflow sending = workflow("big", JSON).mapNode("judge", node -> node.toBuilder()
                .effects(Effects.EXTERNAL)
                .build());

        tester(sending, runs("big", 20, 0, 1500, 100)).doesNotFire();
    }
}

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
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.Profiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSelectionTest {

    private static StrategyTester tester(List<ExecutionTrace> traces) {
        return StrategyTester.of(new ModelSelection())
                .on(workflow("big", "{text}"))
                .with(traces)
                .models(MODELS)
                .bottleneck(BottleneckTypes.EXPENSIVE_NODE, "judge");
    }

    private static List<ExecutionTrace> both(List<ExecutionTrace> some, List<ExecutionTrace> others) {
        List<ExecutionTrace> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    @Test
    void simpleWorkGetsASmallModel() {
        Suggestion suggestion = tester(runs("big", 20, 0, 300, 100)).suggests(workflow("small", "{text}"));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.reason()).contains("simple");
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.source()).isEqualTo(Source.ASSUMED);
            assertThat(outcome.usd().value()).isEqualTo(0.05);
            assertThat(outcome.quality().low()).isEqualTo(0.5);
        });
    }

    @Test
    void mediumWorkGetsAMiddleModel() {
        tester(runs("big", 20, 0, 1500, 100)).suggests(workflow("middle", "{text}"));
    }

    @Test
    void complexWorkIsLeftAloneWithoutOutcomes() {
        tester(runs("big", 20, 0, 3000, 100)).doesNotFire("its work is complex");
        tester(runs("big", 20, 0, 300, 1500)).doesNotFire();
    }

    @Test
    void failuresMakeWorkHarder() {
        tester(runs("big", 20, 6, 1500, 100)).doesNotFire();
    }

    @Test
    void recordedOutcomesOverrideTheTable() {
        List<ExecutionTrace> alike = both(runs("big", 20, 1, 3000, 1500), runs("small", 20, 1, 3000, 1500));
        List<ExecutionTrace> worse = both(runs("big", 20, 0, 300, 100), runs("small", 20, 8, 300, 100));

        Suggestion suggestion = tester(alike).suggests("select-model:judge=small", workflow("small", "{text}"));

        assertThat(suggestion.outcomes().get(0).source()).isEqualTo(Source.ESTIMATED);
        assertThat(suggestion.evidence().get(0).text()).contains("19 of 20");
        assertThat(tester(worse).suggestions())
                .as("the small model, which the table would choose, failed in 8 of 20 cases")
                .extracting(Suggestion::id)
                .doesNotContain("select-model:judge=small");
    }

    @Test
    void aBetterModelIsSuggestedWhereItsOutcomesAreBetter() {
        List<ExecutionTrace> traces = both(runs("small", 20, 10, 3000, 100), runs("big", 20, 0, 3000, 100));

        StrategyTester.of(new ModelSelection())
                .on(workflow("small", "{text}"))
                .with(traces)
                .models(MODELS)
                .bottleneck(BottleneckTypes.UNRELIABLE_NODE, "judge")
                .suggests(workflow("big", "{text}"));
    }

    @Test
    void tooFewCallsSayNothing() {
        tester(runs("big", 4, 0, 300, 100)).doesNotFire("fewer than 5 recorded calls of models");
    }

    @Test
    void onlyAllowedModelsAreSuggested() {
        ModelSelection.Settings settings =
                new ModelSelection.Settings(0.4, 0.57, 5, 10, 0.95, 0.9, 0.4, List.of("middle"));

        tester(runs("big", 20, 0, 300, 100)).settings(settings).suggests(workflow("middle", "{text}"));
    }

    @ParameterizedTest
    @CsvSource({"499, 199, SIMPLE", "500, 199, MEDIUM", "100, 1000, MEDIUM", "2001, 10, COMPLEX", "10, 1001, COMPLEX"})
    void tokensDecideTheComplexity(long input, long output, Complexity expected) {
        NodeUse use = NodeUse.of(Profiles.of(runs("big", 5, 0, input, output)), "judge", List.of())
                .orElseThrow();

        assertThat(Complexity.of(use)).isEqualTo(expected);
    }
}

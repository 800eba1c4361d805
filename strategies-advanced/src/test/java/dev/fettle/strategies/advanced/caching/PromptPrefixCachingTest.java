package dev.fettle.strategies.advanced.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.PriceList;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptPrefixCachingTest {
    private static final String RULES = "Follow these rules. ".repeat(400);
    private static final PriceList CACHING = PriceList.empty().with("big", "2", "8", "0.2", 50.0, 100_000L, 0.9);

    private static Workflow workflow(String prompt) {
        return WorkflowBuilder.workflow("review")
                .inputs("document")
                .outputs("review")
                .agent(
                        "judge",
                        n -> n.reads("document").writes("review").prompt(prompt).model("big"))
                .build();
    }

    /** Runs of one call each, so many seconds apart. */
    private static List<ExecutionTrace> runs(int secondsApart) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            traces.add(TraceBuilder.run("run-" + run)
                    .of("review")
                    .startedAt(Instant.EPOCH.plusSeconds((long) run * secondsApart))
                    .ran("judge", o -> o.modelCall("big", 2500, 100))
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(String prompt, int secondsApart) {
        return StrategyTester.of(new PromptPrefixCaching())
                .on(workflow(prompt))
                .with(runs(secondsApart))
                .models(CACHING)
                .bottleneck(BottleneckTypes.EXPENSIVE_NODE, "judge");
    }

    @Test
    void whatNeverChangesIsPutFirst() {
        Suggestion suggestion = tester("{document}\n\n" + RULES, 60).suggests(workflow(RULES + "\n\n{document}"));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> {
            // 2000 of 2500 input tokens at a tenth of the price in 19 of 20 calls, beside 100 output tokens
            assertThat(outcome.usd().value()).isBetween(0.4, 0.45);
            assertThat(outcome.usd().low()).isLessThan(outcome.usd().high());
            assertThat(outcome.basis()).contains("19 of 20 recorded calls");
        });
    }

    @Test
    void aPromptThatBeginsWithItsRulesIsLeftAlone() {
        tester(RULES + "\n\n{document}", 60).doesNotFire();
    }

    @Test
    void aShortPrefixIsNotKeptByProviders() {
        tester("{document}\n\nBe brief.", 60).doesNotFire("its prompt has no 1024 tokens without state");
    }

    @Test
    void callsTooFarApartFindNothingKept() {
        tester("{document}\n\n" + RULES, 3600).doesNotFire("of its cost would be saved");
    }

    @Test
    void withoutAPriceForCachedInputNothingIsKnownToBeSaved() {
        tester("{document}\n\n" + RULES, 60)
                .models(PriceList.empty().with("big", "2", "8", null, 50.0, 100_000L, 0.9))
                .doesNotFire();
    }
}

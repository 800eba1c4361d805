package dev.fettle.strategies.basic.toolselection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.ToolDraft;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ToolSubstitutionTest {
    private static final ToolTrials EQUAL_AND_FAST = trials(41, 41, 0.1, 0);

    private static ToolTrials trials(long pairs, long equal, double factor, long failures) {
        return (tool, alternative) -> Optional.of(
                new ToolTrials.Result(pairs, equal, Amount.factor(factor, factor * 0.9, factor * 1.1), failures));
    }

    /** A node that scans, and an index that could answer; the draft makes it less fitting. */
    private static Workflow scan(Consumer<ToolDraft> index) {
        return WorkflowBuilder.workflow("scan")
                .inputs("query")
                .outputs("hits")
                .tool("linear_search", t -> t.capabilities("code-search").textArguments("query"))
                .tool("indexed_search", t -> {
                    t.capabilities("code-search").textArguments("query");
                    index.accept(t);
                })
                .function("scan", n -> n.reads("query").writes("hits").binding("search", "linear_search"))
                .build();
    }

    private static StrategyTester tester(Workflow workflow) {
        return StrategyTester.of(new ToolSubstitution())
                .on(workflow)
                .toolBottleneck(BottleneckTypes.REPLACEABLE_TOOL, "scan", "linear_search");
    }

    @Test
    void letsAnIndexAnswerForALinearScan() {
        Workflow expected = WorkflowBuilder.workflow("scan")
                .inputs("query")
                .outputs("hits")
                .tool("linear_search", t -> t.capabilities("code-search").textArguments("query"))
                .tool("indexed_search", t -> t.capabilities("code-search").textArguments("query"))
                .function("scan", n -> n.reads("query").writes("hits").binding("search", "indexed_search"))
                .build();
        Suggestion suggestion = tester(scan(t -> {}))
                .trials(EQUAL_AND_FAST)
                .suggests("select-tool:scan/linear_search=indexed_search", expected);
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AUTOMATIC);
        assertThat(suggestion.decision()).isEqualTo("tool:scan/linear_search");
        assertThat(suggestion.evidence().get(0).text()).contains("equal in 41 of 41 (95 % interval 0.91-1.00)");
        assertThat(suggestion.confidence()).isBetween(0.91, 0.92);
        ExpectedOutcome outcome = suggestion.outcomes().get(0);
        assertThat(outcome.source()).isEqualTo(Source.MEASURED);
        assertThat(outcome.seconds()).isEqualTo(Amount.factor(0.1, 0.1 * 0.9, 0.1 * 1.1));
        assertThat(outcome.tool()).isEqualTo("linear_search");
    }

    @Test
    void saysNothingWithoutEvidence() {
        tester(scan(t -> {})).doesNotFire("neither trial calls, nor enough recorded calls");
    }

    @Test
    void saysNothingWhereTheAlternativeIsSlower() {
        tester(scan(t -> {})).trials(trials(41, 41, 1.5, 0)).doesNotFire("scores less than 1.05");
    }

    @Test
    void aPersonDecidesWhereSomeResultsDiffer() {
        Suggestion suggestion =
                tester(scan(t -> {})).trials(trials(40, 38, 0.1, 0)).suggestion();
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.HIGH);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.MANUAL_REVIEW);
        assertThat(suggestion.outcomes().get(0).quality().value()).isEqualTo(0.95);
    }

    @Test
    void saysNothingWhereManyResultsDiffer() {
        tester(scan(t -> {}))
                .trials(trials(40, 20, 0.1, 0))
                .doesNotFire("fewer than 0.9 of the compared results are equal");
    }

    @Test
    void leavesAnAlternativeAloneThatHasEffects() {
        tester(scan(t -> t.effects(Effects.UNKNOWN))).trials(EQUAL_AND_FAST).doesNotFire();
        tester(scan(t -> t.effects(Effects.EXTERNAL))).trials(EQUAL_AND_FAST).doesNotFire();
    }

    @Test
    void leavesAnAlternativeAloneThatDoesSomethingElse() {
        tester(scan(t -> t.capabilities("web-search")))
                .trials(EQUAL_AND_FAST)
                .doesNotFire("no other declared tool shares a capability");
    }

    @Test
    void leavesAnAlternativeAloneThatNeedsOtherArguments() {
        tester(scan(t -> t.textArguments("query", "index")))
                .trials(EQUAL_AND_FAST)
                .doesNotFire();
        tester(scan(t -> t.textArguments("question"))).trials(EQUAL_AND_FAST).doesNotFire();
    }

    @Test
    void assumesTheDeclaredPriceWhereNothingElseIsKnown() {
        Suggestion suggestion = StrategyTester.of(new ToolSubstitution())
                .on(SampleWorkflows.searchTools())
                .toolBottleneck(BottleneckTypes.EXPENSIVE_TOOL, null, "web_search")
                .suggestion();
        assertThat(suggestion.targets()).containsExactly("research", "web_search", "local_search");
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AB_TEST);
        assertThat(suggestion.confidence()).isEqualTo(0.3);
        ExpectedOutcome outcome = suggestion.outcomes().get(0);
        assertThat(outcome.source()).isEqualTo(Source.ASSUMED);
        assertThat(outcome.usd()).isEqualTo(Amount.absolute(0));
        assertThat(outcome.seconds()).isEqualTo(Amount.UNCHANGED);
    }

    @Test
    void comparesRecordedCallsOfBothTools() {
        Suggestion suggestion =
                tester(scan(t -> {})).with(recorded("same", "same", 0.1)).suggestion();
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.outcomes().get(0).seconds().value()).isEqualTo(0.1);
        assertThat(suggestion.evidence().get(0).text()).contains("equal in 10 of 10");
    }

    @Test
    void recordedCallsWithOtherArgumentsShowTheTimeButNotTheResult() {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            traces.add(TraceBuilder.run("r" + i)
                    .ran("scan", o -> o.toolCall("linear_search", "x", "1", 1))
                    .ran("other", o -> o.toolCall("indexed_search", "y", "2", 0.1))
                    .build());
        }
        Suggestion suggestion = tester(scan(t -> {})).with(traces).suggestion();
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.outcomes().get(0).source()).isEqualTo(Source.ESTIMATED);
        assertThat(suggestion.confidence()).isLessThanOrEqualTo(0.6);
    }

    @Test
    void letsAnIndexAnswerAboveTheSizeFromWhichItIsFaster() {
        Suggestion suggestion =
                tester(scan(t -> {})).with(searches(5000, 4000, 0.1)).suggestion();
        assertThat(suggestion.evidence().get(0).text()).contains("on 5000 items", "on 4000 items");
        tester(scan(t -> {})).with(searches(10, 10, 1.4)).doesNotFire();
    }

    @Test
    void saysNothingWhereTheIndexWasOnlySeenOnLessData() {
        tester(scan(t -> {})).with(searches(5000, 50, 0.1)).doesNotFire();
    }

    /** Runs in which a second's scan and a search by index were about so many items. */
    private static List<ExecutionTrace> searches(int scanned, int indexed, double seconds) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ToolCall scan = search("linear_search", scanned, 1);
            ToolCall index = search("indexed_search", indexed, seconds);
            traces.add(TraceBuilder.run("r" + i)
                    .ran("scan", o -> o.toolCall(scan))
                    .ran("other", o -> o.toolCall(index))
                    .build());
        }
        return traces;
    }

    private static ToolCall search(String tool, int items, double seconds) {
        String rows = IntStream.range(0, items).mapToObj(String::valueOf).collect(Collectors.joining(","));
        return new ToolCall(
                tool,
                tool + items,
                "found",
                Duration.ZERO,
                Duration.ofMillis(Math.round(1000 * seconds)),
                Status.OK,
                null,
                null,
                null,
                "{\"query\":\"x\",\"rows\":[" + rows + "]}");
    }

    @Test
    void anyToolOfASharedCapabilityMayAnswerAndEachIsAWayOfItsOwn() {
        Workflow workflow = WorkflowBuilder.workflow("scan")
                .inputs("query")
                .outputs("hits")
                .tool("linear_search", t -> t.capabilities("code-search", "text")
                        .textArguments("query"))
                .tool("grep", t -> t.capabilities("text").textArguments("query"))
                .tool("indexed_search", t -> t.capabilities("code-search").textArguments("query"))
                .tool("mailer", t -> t.capabilities("mail").textArguments("query"))
                .function("scan", n -> n.reads("query").writes("hits").binding("search", "linear_search"))
                .build();
        assertThat(tester(workflow).trials(EQUAL_AND_FAST).suggestions())
                .extracting(Suggestion::id)
                .containsExactlyInAnyOrder(
                        "select-tool:scan/linear_search=grep", "select-tool:scan/linear_search=indexed_search");
    }

    @Test
    void saysNothingWhereRecordedResultsDiffer() {
        tester(scan(t -> {})).with(recorded("one", "other", 0.1)).doesNotFire();
    }

    @Test
    void weightsDecideWhatIsWorthIt() {
        Workflow workflow = WorkflowBuilder.workflow("scan")
                .inputs("query")
                .outputs("hits")
                .tool(
                        "linear_search",
                        t -> t.capabilities("s").textArguments("query").usdPerCall("0.01"))
                .tool(
                        "indexed_search",
                        t -> t.capabilities("s").textArguments("query").usdPerCall("0.02"))
                .function("scan", n -> n.reads("query").writes("hits").tools("linear_search"))
                .build();
        StrategyTester tester = tester(workflow).trials(trials(20, 20, 0.5, 0));
        tester.settings(new ToolSubstitution.Settings(1, 0, 0, 1.05, 0.9, 5, 0.3))
                .doesNotFire();
        tester.settings(new ToolSubstitution.Settings(0, 1, 0, 1.05, 0.9, 5, 0.3))
                .suggestion();
    }

    private static List<ExecutionTrace> recorded(String result, String otherResult, double seconds) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String arguments = "a" + i;
            traces.add(TraceBuilder.run("r" + i)
                    .ran("scan", o -> o.toolCall("linear_search", arguments, result, 1))
                    .ran("other", o -> o.toolCall("indexed_search", arguments, otherResult, seconds))
                    .build());
        }
        return traces;
    }
}

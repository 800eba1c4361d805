package dev.fettle.testkit.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class StrategyTesterTest {
    private static final Workflow WORKFLOW = SampleWorkflows.unusedNode();

    /** Suggests what a function makes of the context. */
    private record Fixed(Function<StrategyContext, List<Suggestion>> answer) implements OptimizationStrategy {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public boolean appliesTo(Bottleneck bottleneck) {
            return true;
        }

        @Override
        public List<Suggestion> suggest(StrategyContext context) {
            return answer.apply(context);
        }
    }

    private static Suggestion suggestion(String id, String strategy, String target, WorkflowChange change) {
        return new Suggestion(
                id,
                strategy,
                "act",
                List.of(target),
                "decision",
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "because",
                List.of(new Evidence("seen", 1, 1, 0, 1)),
                List.of(change),
                List.of(),
                0.5);
    }

    private static StrategyTester tester(Suggestion... suggestions) {
        return StrategyTester.of(new Fixed(context -> List.of(suggestions))).on(WORKFLOW);
    }

    private static final Suggestion REMOVE = suggestion("remove:lint", "fixed", "lint", new RemoveNode("lint"));

    @Test
    void theExampleOfTheDocumentationFiresWithEnoughRuns() {
        WorkflowSimulator simulator = WorkflowSimulator.of(WORKFLOW).failing("lint", 0.5);
        StrategyTester tester = StrategyTester.of(new ShorterTimeout())
                .on(WORKFLOW)
                .bottleneck(BottleneckTypes.UNRELIABLE_NODE, "lint");
        tester.with(simulator.traces(5)).doesNotFire();
        assertThat(tester.with(simulator.traces(20)).suggestion().id()).isEqualTo("shorter-timeout:lint");
    }

    @Test
    void bottlenecksThatDoNotConcernTheStrategyAreKeptFromIt() {
        StrategyTester.of(new ShorterTimeout())
                .on(WORKFLOW)
                .with(WorkflowSimulator.of(WORKFLOW).traces(30))
                .bottleneck(BottleneckTypes.SLOW_NODE, "lint")
                .doesNotFire();
    }

    @Test
    void showsHowTheResultDiffersFromTheExpectedWorkflow() {
        assertThat(tester(REMOVE).suggestion()).isEqualTo(REMOVE);
        assertThatThrownBy(() -> tester(REMOVE).suggests(WORKFLOW))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("- function lint")
                .hasMessageContaining("+ edge read -> report");
    }

    @Test
    void namesTheSuggestionsThatThereAre() {
        assertThatThrownBy(() -> tester(REMOVE).suggestion("other"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[remove:lint]");
        assertThatThrownBy(() -> tester(REMOVE).doesNotFire())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("remove:lint: because");
    }

    @Test
    void theContractFindsWhatAStrategyMustNotDo() {
        breaks("unique", REMOVE, REMOVE);
        breaks("strategy of", suggestion("a", "other", "lint", new RemoveNode("lint")));
        breaks("targets", suggestion("a", "fixed", "nowhere", new RemoveNode("lint")));
        breaks(
                "reason",
                new Suggestion(
                        "a",
                        "fixed",
                        "act",
                        List.of("lint"),
                        "d",
                        RiskLevel.LOW,
                        Recommendation.AUTOMATIC,
                        " ",
                        REMOVE.evidence(),
                        REMOVE.changes(),
                        List.of(),
                        0.5));
    }

    @Test
    void theContractFindsAStrategyThatIsNotReproducible() {
        int[] calls = {0};
        OptimizationStrategy moody = new Fixed(
                context -> List.of(suggestion("a", "fixed", "lint", new SetParameter("lint", "n", calls[0]++))));
        assertThatThrownBy(() -> StrategyTester.of(moody).on(WORKFLOW).suggestions())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("second call");
    }

    private static void breaks(String message, Suggestion... suggestions) {
        assertThatThrownBy(() -> tester(suggestions).suggestions())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}

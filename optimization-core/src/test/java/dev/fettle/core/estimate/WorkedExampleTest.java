package dev.fettle.core.estimate;

import static dev.fettle.core.estimate.GeneratedRuns.suggestion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example in docs/estimates.md. */
class WorkedExampleTest {
    private static final Suggestion BLOCK = suggestion(
            "block", "block", new Parallelize("block", List.of("lint", "metrics"), NodeBody.ErrorStrategy.FAIL_FAST));
    private static final Suggestion FASTER = suggestion(
            "faster",
            "lint",
            List.of(new ExpectedOutcome(
                    "lint",
                    null,
                    Amount.factor(0.5, 0.4, 0.6),
                    Amount.UNCHANGED,
                    Amount.UNCHANGED,
                    Source.ESTIMATED,
                    "trial calls")),
            new SetParameter("lint", "tool", "fast"));
    private static final Suggestion REMOVAL = suggestion("remove", "metrics", new RemoveNode("metrics"));

    private static ReplayEstimator estimator(double processors) {
        List<Node> nodes = List.of(
                node("read", List.of("in"), "text"),
                node("lint", List.of("text"), "problems"),
                node("metrics", List.of("text"), "sizes"),
                node("report", List.of("problems"), "report"));
        Workflow workflow = new Workflow(
                "example",
                "read",
                Set.of("in"),
                Set.of("report"),
                nodes,
                List.of(Edge.of("read", "lint"), Edge.of("lint", "metrics"), Edge.of("metrics", "report")),
                List.of(),
                false);
        List<NodeOccurrence> occurrences = new ArrayList<>();
        long now = 0;
        int[] seconds = {1, 3, 2, 1};
        for (int i = 0; i < seconds.length; i++) {
            occurrences.add(NodeOccurrence.builder("o" + i, nodes.get(i).id())
                    .start(Duration.ofMillis(now + 100))
                    .duration(Duration.ofSeconds(seconds[i]))
                    .cpu(Duration.ofSeconds(seconds[i]))
                    .build());
            now += 100 + 1000L * seconds[i];
        }
        // two equal runs: one alone has no interval, and what differs between runs is not the matter here
        return new ReplayEstimator(
                workflow,
                List.of(
                        GeneratedRuns.trace("run-1", Status.OK, now * 1_000_000, occurrences),
                        GeneratedRuns.trace("run-2", Status.OK, now * 1_000_000, occurrences)),
                ModelTable.NONE,
                ReplaySettings.of(processors));
    }

    private static Node node(String id, List<String> reads, String writes) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(reads, List.of(writes))
                .effects(Effects.NONE)
                .build();
    }

    private static MetricEstimate seconds(double processors, Suggestion... suggestions) {
        return estimator(processors)
                .estimate(List.of(suggestions))
                .orElseThrow()
                .durationSeconds();
    }

    @Test
    void theBlockTakesAsLongAsItsLongestMemberOrItsWorkers() {
        assertThat(seconds(2, BLOCK).before()).isCloseTo(7.4, within(1e-9));
        assertThat(seconds(2, BLOCK).after()).isCloseTo(5.3, within(1e-9));
        assertThat(seconds(1, BLOCK).after()).isCloseTo(7.4, within(1e-9));
    }

    @Test
    void anUncertaintyThatIsHiddenByALongerMemberDoesNotCount() {
        MetricEstimate both = seconds(2, BLOCK, FASTER);
        assertThat(both.after()).isCloseTo(4.4, within(1e-9));
        assertThat(both.high() - both.low()).isCloseTo(0, within(1e-9));
    }

    @Test
    void anUncertaintyOnThePathCountsInFull() {
        MetricEstimate without = seconds(2, REMOVAL, FASTER);
        assertThat(without.after()).isCloseTo(3.8, within(1e-9));
        assertThat(without.low()).isCloseTo(3.5, within(1e-9));
        assertThat(without.high()).isCloseTo(4.1, within(1e-9));
    }
}

package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Six calls of 1, 2, 3, 4, 5 and 6 seconds in a row, sent together, worked out by hand. */
class CallsTogetherTest {
    private static final int CALLS = 6;
    private static final int SECONDS = 21;

    private static Workflow workflow() {
        Node node = Node.builder("ask", new NodeBody.Function("ask"))
                .state(List.of("in"), List.of("out"))
                .effects(Effects.NONE)
                .tools(Map.of("search", "search"))
                .build();
        ToolSpec tool = new ToolSpec("search", Set.of(), "search", Effects.NONE, Map.of(), null, false);
        return new Workflow("w", "ask", Set.of("in"), Set.of("out"), List.of(node), List.of(), List.of(tool), false);
    }

    /** @param together of each call */
    private static ExecutionTrace trace(@Nullable String... together) {
        List<ToolCall> calls = new ArrayList<>();
        Duration start = Duration.ZERO;
        for (int i = 0; i < CALLS; i++) {
            Duration seconds = Duration.ofSeconds(1L + i);
            calls.add(new ToolCall(
                    "search", "a" + i, "r", start, seconds, Status.OK, null, null, null, null, together[i]));
            start = start.plus(seconds);
        }
        NodeOccurrence ask = NodeOccurrence.builder("ask", "ask")
                .duration(Duration.ofSeconds(SECONDS))
                .toolCalls(calls)
                .build();
        return GeneratedRuns.trace("run", Status.OK, SECONDS * 1_000_000_000L, List.of(ask));
    }

    private static double seconds(ExecutionTrace trace) {
        AddPolicies together = new AddPolicies("ask", Policies.NONE.withBatch(new Policies.Batch("search", 4, true)));
        Estimate estimate = new ReplayEstimator(
                        workflow(), List.of(trace), new ModelTable(List.of()), ReplaySettings.of(8))
                .estimate(List.of(GeneratedRuns.suggestion("together", "ask", together)))
                .orElseThrow();
        return estimate.durationSeconds().after();
    }

    @Test
    void whereTheTraceSaysWhatWasAskedForAtOnceOnlyThatGoesTogether() {
        assertThat(seconds(trace("x", "x", "x", null, "y", "y"))).isEqualTo(3 + 4 + 6, within(1e-9));
        assertThat(seconds(trace("x", "x", null, null, null, null))).isEqualTo(2 + 3 + 4 + 5 + 6, within(1e-9));
    }

    @Test
    void whereItDoesNotSayCallsInARowGoTogetherUpToTheSizeOfABatch() {
        assertThat(seconds(trace(null, null, null, null, null, null))).isEqualTo(4 + 6, within(1e-9));
    }
}

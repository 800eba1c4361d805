package dev.fettle.core.detect;

import static dev.fettle.core.detect.Fan.FAN;
import static dev.fettle.core.detect.Fan.fanRuns;
import static dev.fettle.core.detect.Fan.node;
import static dev.fettle.core.detect.Runs.at;
import static dev.fettle.core.detect.Runs.call;
import static dev.fettle.core.detect.Runs.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolDetectorsTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private static List<Bottleneck> unreliableTool(int failures, int calls) {
        Runs recorded = new Runs();
        for (int i = 0; i < calls; i++) {
            Status status = i < failures ? Status.ERROR : Status.OK;
            recorded.run(at("n", 0, 1)
                    .toolCalls(List.of(
                            new ToolCall("search", null, null, Duration.ZERO, SHORT, status, null, null, null, null)))
                    .build());
        }
        return recorded.detect(new UnreliableToolDetector(), FAN);
    }

    @Test
    void a_tool_is_unreliable_even_where_the_nodes_that_call_it_succeed() {
        assertThat(unreliableTool(2, 4)).isEmpty();
        assertThat(unreliableTool(4, 40)).isEmpty();
        assertThat(unreliableTool(3, 10)).extracting(Bottleneck::severity).containsExactly(Severity.LOW);
        assertThat(unreliableTool(20, 50)).extracting(Bottleneck::severity).containsExactly(Severity.MEDIUM);
        assertThat(unreliableTool(45, 50)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.HIGH);
            assertThat(found.tool()).isEqualTo("search");
            assertThat(found.evidence().count()).isEqualTo(50);
        });
    }

    private static ToolSpec tool(String name, Effects effects, String usd) {
        return new ToolSpec(name, Set.of("search"), name, effects, Map.of(), new BigDecimal(usd), false);
    }

    /** Runs in which a tool is asked the same three times; the answer changes in the given part of the runs. */
    private static Runs repeated(int runs, int changing) {
        Runs recorded = new Runs();
        for (int i = 0; i < runs; i++) {
            List<ToolCall> calls = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                calls.add(call("search", "q", i < changing ? "r" + c : "r", 0.1 * c));
            }
            recorded.run(at("load", 0, 1).toolCalls(calls).build());
        }
        return recorded;
    }

    private static Workflow withTool(Effects effects) {
        Node user = node("load", "load", List.of("in"), List.of("out")).toBuilder()
                .tools(Map.of("search", "search"))
                .build();
        return chain(Set.of("out"), List.of(tool("search", effects, "0.01"), tool("other", effects, "0.001")), user);
    }

    @Test
    void a_missing_cache_needs_measured_determinism_and_declared_or_unsuspicious_effects() {
        MissingCachingDetector detector = new MissingCachingDetector();

        assertThat(repeated(20, 0).detect(detector, withTool(Effects.NONE)))
                .extracting(Bottleneck::severity)
                .containsExactly(Severity.HIGH);
        assertThat(repeated(20, 0).detect(detector, withTool(Effects.UNKNOWN)))
                .extracting(Bottleneck::severity)
                .containsExactly(Severity.LOW);
        assertThat(repeated(20, 1).detect(detector, withTool(Effects.UNKNOWN))).isEmpty();
        assertThat(repeated(20, 8).detect(detector, withTool(Effects.NONE))).isEmpty();
        assertThat(repeated(20, 0).detect(detector, withTool(Effects.EXTERNAL))).isEmpty();
        assertThat(repeated(20, 0).detect(detector, withTool(Effects.IDEMPOTENT)))
                .isEmpty();
        assertThat(repeated(2, 0).detect(detector, withTool(Effects.NONE))).isEmpty();
    }

    @Test
    void an_expensive_tool_names_a_cheaper_one_and_a_replaceable_tool_its_stand_in() {
        Workflow workflow = withTool(Effects.NONE);

        assertThat(repeated(5, 0).detect(new ExpensiveToolDetector(), workflow))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.value()).isEqualTo(1);
                    assertThat(found.advice()).contains("'other'");
                    assertThat(found.severity()).isEqualTo(Severity.HIGH);
                });
        assertThat(repeated(5, 0).detect(new ReplaceableToolDetector(), workflow))
                .singleElement()
                .satisfies(found -> assertThat(found.advice()).contains("'other'"));
    }

    @Test
    void the_node_that_spends_the_money_is_expensive() {
        assertThat(repeated(5, 0).detect(new ExpensiveNodeDetector(), withTool(Effects.NONE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.value()).isEqualTo(1);
                    assertThat(found.severity()).isEqualTo(Severity.HIGH);
                    assertThat(found.evidence().text()).contains("100.0 % of all money spent");
                });
        assertThat(fanRuns(5).detect(new ExpensiveNodeDetector(), FAN)).isEmpty();
    }

    @Test
    void calls_that_change_nothing_are_a_loop_without_progress() {
        assertThat(repeated(5, 0).detect(new LoopWithoutProgressDetector(), FAN))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.tool()).isEqualTo("search");
                    assertThat(found.value()).isEqualTo(3);
                });
        assertThat(repeated(5, 5).detect(new LoopWithoutProgressDetector(), FAN))
                .isEmpty();
    }
}

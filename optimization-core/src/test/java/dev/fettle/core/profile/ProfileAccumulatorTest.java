package dev.fettle.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.profile.Transition;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileAccumulatorTest {
    private static ExecutionTrace run(String id, int minute, NodeOccurrence... occurrences) {
        Duration end = Arrays.stream(occurrences)
                .map(NodeOccurrence::end)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new ExecutionTrace(
                id,
                "test",
                Instant.ofEpochSecond(60L * minute),
                end,
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(occurrences));
    }

    private static NodeOccurrence node(String id, String node, int startMillis, int millis, ToolCall... calls) {
        return NodeOccurrence.builder(id, node)
                .start(Duration.ofMillis(startMillis))
                .duration(Duration.ofMillis(millis))
                .toolCalls(List.of(calls))
                .build();
    }

    private static ToolCall call(String arguments, String result, int startMillis) {
        return new ToolCall(
                "tool",
                arguments,
                result,
                Duration.ofMillis(startMillis),
                Duration.ofMillis(1),
                Status.OK,
                null,
                null,
                null,
                null);
    }

    @Test
    void determinism_compares_successive_calls_within_and_across_runs() {
        PerformanceProfile profile = Profiled.of(List.of(
                run("b", 2, node("1", "n", 0, 9, call("x", "1", 0), call("x", "2", 1))),
                run("a", 1, node("1", "n", 0, 9, call("x", "1", 0), call("y", "1", 1), call("x", "1", 2))),
                run("c", 3, node("1", "n", 0, 9, call("x", "2", 0)))));
        ToolProfile tool = Profiled.tool(profile, "tool");

        // x by time: 1 1 | 1 2 | 2
        assertThat(tool.determinism().trials()).isEqualTo(4);
        assertThat(tool.determinism().successes()).isEqualTo(3);
        assertThat(tool.repeatedCalls()).isEqualTo(2);
        assertThat(tool.repeatedSameResult()).isEqualTo(1);
    }

    @Test
    void wall_clock_is_not_the_slowest_node_and_exclusive_time_leaves_out_what_is_inside() {
        NodeOccurrence inner =
                node("2", "outer/inner", 100, 700).toBuilder().parent("1").build();
        PerformanceProfile profile =
                Profiled.of(List.of(run("a", 1, node("1", "outer", 0, 1000), inner, node("3", "after", 1000, 500))));

        assertThat(profile.duration().mean()).isEqualTo(Duration.ofMillis(1500));
        assertThat(Profiled.node(profile, "outer").exclusive().mean()).isEqualTo(Duration.ofMillis(300));
        assertThat(Profiled.node(profile, "outer").duration().mean()).isEqualTo(Duration.ofSeconds(1));
        assertThat(profile.nodes().values().stream()
                        .mapToDouble(NodeProfile::share)
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(profile.transitions())
                .contains(
                        new Transition("start", "outer", 1, 0),
                        new Transition("outer", "after", 1, 0),
                        new Transition("after", "end", 1, 0));
    }

    @Test
    void a_model_without_a_known_price_is_listed_and_does_not_count_as_free() {
        ModelCall known = new ModelCall(
                "openai/gpt-4o-2024-08-06",
                Duration.ZERO,
                Duration.ofMillis(5),
                new TokenUsage(1_000_000, 100_000, 400_000),
                Status.OK,
                null,
                null,
                null,
                null);
        ModelCall unknown = new ModelCall(
                "house-model",
                Duration.ZERO,
                Duration.ofMillis(5),
                new TokenUsage(10, 10, 0),
                Status.OK,
                null,
                null,
                null,
                null);
        NodeOccurrence occurrence = NodeOccurrence.builder("1", "n")
                .modelCalls(List.of(known, unknown))
                .build();
        PerformanceProfile profile = Profiled.of(List.of(run("a", 1, occurrence)));

        // 0.6 M x 2.50 + 0.4 M x 1.25 + 0.1 M x 10
        assertThat(profile.cost().usd()).isEqualByComparingTo(new BigDecimal("3"));
        assertThat(profile.cost().unpricedModels()).containsExactly("house-model");
        assertThat(profile.cost().usdByModel()).containsOnlyKeys("openai/gpt-4o-2024-08-06");
        assertThat(Profiled.node(profile, "n").usd()).isEqualByComparingTo(new BigDecimal("3"));
    }

    @Test
    void an_empty_profile_has_no_runs_and_nothing_else() {
        PerformanceProfile profile = new ProfileAccumulator().profile(Profiled.MODELS);

        assertThat(profile.runs()).isZero();
        assertThat(profile.duration()).isEqualTo(DurationSummary.NONE);
        assertThat(profile.success().value()).isNaN();
        assertThat(profile.nodes()).isEmpty();
        assertThat(profile.cost().usd()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void the_same_file_read_again_does_not_fill_the_sample_with_copies() {
        List<ExecutionTrace> traces = new RandomTraces(5).list(20);
        ProfileAccumulator accumulator = new ProfileAccumulator();
        for (int i = 0; i < 50; i++) {
            Profiled.add(accumulator, traces);
        }
        assertThat(accumulator.profile(Profiled.MODELS).sample())
                .extracting(ExecutionTrace::id)
                .doesNotHaveDuplicates()
                .hasSize((int) traces.stream().filter(ExecutionTrace::complete).count());
    }

    @Test
    void anAttemptThatFailedCountsEvenIfTheNextSucceeded() {
        NodeOccurrence flaky = NodeOccurrence.builder("o", "flaky")
                .duration(Duration.ofMillis(5))
                .retriedErrors(List.of("TimeoutException", "TimeoutException"))
                .build();
        ExecutionTrace trace = new ExecutionTrace(
                "t",
                "w",
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMillis(5),
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(flaky));

        NodeProfile node = Profiled.node(Profiled.of(List.of(trace)), "flaky");

        assertThat(node.success().successes()).isEqualTo(1);
        assertThat(node.success().trials()).isEqualTo(3);
        assertThat(node.errors()).containsEntry("TimeoutException", 2L);
        assertThat(node.occurrences()).isEqualTo(1);
    }
}

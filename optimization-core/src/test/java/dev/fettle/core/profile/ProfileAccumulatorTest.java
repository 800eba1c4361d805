package dev.fettle.core.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.model.ModelCatalogue;
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
import dev.fettle.core.model.Catalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileAccumulatorTest {
    private static final ModelCatalogue MODELS = Catalogue.standard();

    private static ProfileAccumulator add(ProfileAccumulator into, List<ExecutionTrace> traces) {
        traces.forEach(into::add);
        return into;
    }

    private static PerformanceProfile profile(List<ExecutionTrace> traces) {
        return add(new ProfileAccumulator(), traces).profile(MODELS);
    }

    private static NodeProfile nodeOf(PerformanceProfile profile, String id) {
        return requireNonNull(profile.nodes().get(id));
    }

    private static ToolProfile toolOf(PerformanceProfile profile, String name) {
        return requireNonNull(profile.tools().get(name));
    }

    private static void assertSame(PerformanceProfile profile, PerformanceProfile expected) {
        expected.nodes()
                .forEach((id, node) -> assertThat(profile.nodes().get(id)).isEqualTo(node));
        expected.tools()
                .forEach((id, tool) -> assertThat(profile.tools().get(id)).isEqualTo(tool));
        assertThat(profile.transitions()).isEqualTo(expected.transitions());
        assertThat(profile.cost()).isEqualTo(expected.cost());
        assertThat(profile.sample())
                .extracting(ExecutionTrace::id)
                .isEqualTo(expected.sample().stream().map(ExecutionTrace::id).toList());
        assertThat(profile.equals(expected)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_order_of_traces_does_not_matter(long seed) {
        List<ExecutionTrace> traces = new RandomTraces(seed).list(300);
        List<ExecutionTrace> shuffled = new ArrayList<>(traces);
        Collections.shuffle(shuffled, new Random(seed));

        assertSame(profile(shuffled), profile(traces));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void merging_parts_in_any_grouping_and_order_gives_the_profile_of_all(long seed) {
        Random random = new Random(seed);
        List<ExecutionTrace> traces = new RandomTraces(seed).list(400);
        // tight limits, so that everything that is bounded overflows
        ProfileSettings tight = new ProfileSettings(7, 40, 4, 2, 1, 2, 5, 3, 2);
        for (ProfileSettings settings : List.of(ProfileSettings.DEFAULT, tight)) {
            PerformanceProfile whole =
                    add(new ProfileAccumulator(settings), traces).profile(MODELS);
            List<ProfileAccumulator> parts = new ArrayList<>();
            for (int from = 0; from < traces.size(); ) {
                int to = Math.min(traces.size(), from + 1 + random.nextInt(120));
                parts.add(add(new ProfileAccumulator(settings), traces.subList(from, to)));
                from = to;
            }
            while (parts.size() > 1) {
                ProfileAccumulator one = parts.remove(random.nextInt(parts.size()));
                parts.get(random.nextInt(parts.size())).merge(one);
            }
            assertSame(parts.get(0).profile(MODELS), whole);
        }
    }

    @Test
    void merging_leaves_the_other_side_as_it_was_and_both_can_go_on() {
        List<ExecutionTrace> traces = new RandomTraces(21).list(200);
        ProfileAccumulator left = add(new ProfileAccumulator(), traces.subList(0, 100));
        ProfileAccumulator right = add(new ProfileAccumulator(), traces.subList(100, 150));
        PerformanceProfile before = right.profile(MODELS);
        left.merge(right);
        add(left, traces.subList(150, 200));

        assertSame(right.profile(MODELS), before);
        assertSame(left.profile(MODELS), profile(traces));
    }

    @Test
    void accumulators_with_different_limits_cannot_be_merged() {
        ProfileSettings other = new ProfileSettings(7, 40, 4, 2, 1, 2, 5, 3, 2);
        assertThatThrownBy(() -> new ProfileAccumulator().merge(new ProfileAccumulator(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different settings");
    }

    @Test
    void thousands_of_traces_agree_with_a_naive_computation() {
        List<ExecutionTrace> traces = new RandomTraces(31).list(4000);
        PerformanceProfile profile = profile(traces);

        assertThat(profile.runs()).isEqualTo(4000);
        assertThat(profile.incompleteRuns())
                .isEqualTo(traces.stream().filter(trace -> !trace.complete()).count());
        assertDurations(
                profile.duration(),
                traces.stream()
                        .filter(ExecutionTrace::complete)
                        .map(ExecutionTrace::wallClock)
                        .toList());
        assertThat(profile.success().successes())
                .isEqualTo(traces.stream()
                        .filter(trace -> trace.status() == Status.OK)
                        .count());
        assertThat(profile.tokens())
                .isEqualTo(traces.stream().map(ExecutionTrace::tokens).reduce(TokenUsage.NONE, TokenUsage::plus));

        Map<String, List<NodeOccurrence>> byNode = new TreeMap<>();
        traces.forEach(trace -> trace.occurrences()
                .forEach(occurrence -> byNode.computeIfAbsent(occurrence.node(), node -> new ArrayList<>())
                        .add(occurrence)));
        assertThat(profile.nodes().keySet()).isEqualTo(byNode.keySet());
        byNode.forEach((id, occurrences) -> assertNode(nodeOf(profile, id), occurrences, traces));
        assertTools(profile, traces);
    }

    private static void assertNode(NodeProfile node, List<NodeOccurrence> occurrences, List<ExecutionTrace> traces) {
        assertThat(node.occurrences()).isEqualTo(occurrences.size());
        assertThat(node.runs())
                .isEqualTo(traces.stream()
                        .filter(trace -> trace.occurrences().stream()
                                .anyMatch(occurrence -> occurrence.node().equals(node.id())))
                        .count());
        assertDurations(
                node.duration(),
                occurrences.stream().map(NodeOccurrence::duration).toList());
        List<Duration> exclusive = new ArrayList<>();
        double exclusiveSeconds = 0;
        double wallSeconds = 0;
        for (ExecutionTrace trace : traces) {
            wallSeconds += trace.complete() ? trace.wallClock().toNanos() / 1e9 : 0;
            for (NodeOccurrence occurrence : trace.occurrences()) {
                if (occurrence.node().equals(node.id())) {
                    long nanos = naiveExclusive(occurrence, trace);
                    exclusive.add(Duration.ofNanos(nanos));
                    exclusiveSeconds += trace.complete() ? nanos / 1e9 : 0;
                }
            }
        }
        assertDurations(node.exclusive(), exclusive);
        assertThat(node.share()).isCloseTo(exclusiveSeconds / wallSeconds, within(1e-9));
        assertThat(node.errors().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(occurrences.stream()
                        .filter(occurrence -> occurrence.status() == Status.ERROR)
                        .count());
        assertThat(requireNonNull(node.meanCpu()).toNanos())
                .isCloseTo(
                        (long) occurrences.stream()
                                .filter(occurrence -> occurrence.cpu() != null)
                                .mapToLong(occurrence ->
                                        requireNonNull(occurrence.cpu()).toNanos())
                                .average()
                                .orElseThrow(),
                        within(1L));
    }

    /** Nanosecond by nanosecond is too slow; between all borders of intervals is as exact. */
    private static long naiveExclusive(NodeOccurrence occurrence, ExecutionTrace trace) {
        List<NodeOccurrence> children = trace.occurrences().stream()
                .filter(other -> occurrence.id().equals(other.parent()))
                .toList();
        List<Duration> borders = new ArrayList<>(List.of(occurrence.start(), occurrence.end()));
        children.forEach(child -> borders.addAll(List.of(child.start(), child.end())));
        borders.sort(Comparator.naturalOrder());
        long own = 0;
        for (int i = 1; i < borders.size(); i++) {
            Duration from = borders.get(i - 1);
            Duration to = borders.get(i);
            boolean inside = from.compareTo(occurrence.start()) >= 0 && to.compareTo(occurrence.end()) <= 0;
            boolean covered = children.stream()
                    .anyMatch(child ->
                            child.start().compareTo(from) <= 0 && child.end().compareTo(to) >= 0);
            own += inside && !covered ? to.minus(from).toNanos() : 0;
        }
        return own;
    }

    private static void assertDurations(DurationSummary summary, List<Duration> durations) {
        long[] nanos = durations.stream().mapToLong(Duration::toNanos).sorted().toArray();
        assertThat(summary.count()).isEqualTo(nanos.length);
        assertThat(summary.total().toNanos()).isEqualTo(Arrays.stream(nanos).sum());
        assertThat(summary.max().toNanos()).isEqualTo(nanos[nanos.length - 1]);
        assertQuantile(summary.p50(), nanos, 0.50);
        assertQuantile(summary.p95(), nanos, 0.95);
        assertQuantile(summary.p99(), nanos, 0.99);
    }

    private static void assertQuantile(Duration measured, long[] sorted, double part) {
        long exact = sorted[(int) Math.ceil(part * sorted.length) - 1];
        assertThat((double) measured.toNanos()).isCloseTo((double) exact, within(exact * 0.001 + 1));
    }

    private static void assertTools(PerformanceProfile profile, List<ExecutionTrace> traces) {
        Map<String, long[]> naive = new TreeMap<>();
        List<ExecutionTrace> byTime = new ArrayList<>(traces);
        byTime.sort(Comparator.comparing(ExecutionTrace::startedAt));
        for (ExecutionTrace trace : byTime) {
            List<ToolCall> calls = new ArrayList<>();
            trace.occurrences().forEach(occurrence -> calls.addAll(occurrence.toolCalls()));
            calls.sort(Comparator.comparing(ToolCall::start));
            Map<String, String> latestInRun = new HashMap<>();
            for (ToolCall call : calls) {
                // calls, repeated, repeated with the same result
                long[] counts = naive.computeIfAbsent(call.tool(), tool -> new long[3]);
                counts[0]++;
                if (call.argumentHash() != null) {
                    String key = call.tool() + call.argumentHash();
                    if (latestInRun.containsKey(key)) {
                        counts[1]++;
                        counts[2] +=
                                call.resultHash() != null && call.resultHash().equals(latestInRun.get(key)) ? 1 : 0;
                    }
                    if (call.resultHash() != null || !latestInRun.containsKey(key)) {
                        latestInRun.put(key, call.resultHash());
                    }
                }
            }
        }
        naive.forEach((name, counts) -> {
            ToolProfile tool = toolOf(profile, name);
            assertThat(new long[] {tool.calls(), tool.repeatedCalls(), tool.repeatedSameResult()})
                    .as(name)
                    .isEqualTo(counts);
        });
        assertThat(toolOf(profile, "tool-0").determinism().value()).isEqualTo(1);
        assertThat(toolOf(profile, "tool-1").determinism().value()).isCloseTo(1 / 3.0, within(0.08));
    }

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
        PerformanceProfile profile = profile(List.of(
                run("b", 2, node("1", "n", 0, 9, call("x", "1", 0), call("x", "2", 1))),
                run("a", 1, node("1", "n", 0, 9, call("x", "1", 0), call("y", "1", 1), call("x", "1", 2))),
                run("c", 3, node("1", "n", 0, 9, call("x", "2", 0)))));
        ToolProfile tool = toolOf(profile, "tool");

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
                profile(List.of(run("a", 1, node("1", "outer", 0, 1000), inner, node("3", "after", 1000, 500))));

        assertThat(profile.duration().mean()).isEqualTo(Duration.ofMillis(1500));
        assertThat(nodeOf(profile, "outer").exclusive().mean()).isEqualTo(Duration.ofMillis(300));
        assertThat(nodeOf(profile, "outer").duration().mean()).isEqualTo(Duration.ofSeconds(1));
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
        PerformanceProfile profile = profile(List.of(run("a", 1, occurrence)));

        // 0.6 M x 2.50 + 0.4 M x 1.25 + 0.1 M x 10
        assertThat(profile.cost().usd()).isEqualByComparingTo(new BigDecimal("3"));
        assertThat(profile.cost().unpricedModels()).containsExactly("house-model");
        assertThat(profile.cost().usdByModel()).containsOnlyKeys("openai/gpt-4o-2024-08-06");
        assertThat(nodeOf(profile, "n").usd()).isEqualByComparingTo(new BigDecimal("3"));
    }

    @Test
    void an_empty_profile_has_no_runs_and_nothing_else() {
        PerformanceProfile profile = new ProfileAccumulator().profile(MODELS);

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
            add(accumulator, traces);
        }
        assertThat(accumulator.profile(MODELS).sample())
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

        NodeProfile node = nodeOf(profile(List.of(trace)), "flaky");

        assertThat(node.success().successes()).isEqualTo(1);
        assertThat(node.success().trials()).isEqualTo(3);
        assertThat(node.errors()).containsEntry("TimeoutException", 2L);
        assertThat(node.occurrences()).isEqualTo(1);
    }
}

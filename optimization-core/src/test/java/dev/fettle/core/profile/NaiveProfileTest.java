package dev.fettle.core.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NaiveProfileTest {
    @Test
    void thousands_of_traces_agree_with_a_naive_computation() {
        List<ExecutionTrace> traces = new RandomTraces(31).list(4000);
        PerformanceProfile profile = Profiled.of(traces);

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
        byNode.forEach((id, occurrences) -> assertNode(Profiled.node(profile, id), occurrences, traces));
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
            ToolProfile tool = Profiled.tool(profile, name);
            assertThat(new long[] {tool.calls(), tool.repeatedCalls(), tool.repeatedSameResult()})
                    .as(name)
                    .isEqualTo(counts);
        });
        assertThat(Profiled.tool(profile, "tool-0").determinism().value()).isEqualTo(1);
        assertThat(Profiled.tool(profile, "tool-1").determinism().value()).isCloseTo(1 / 3.0, within(0.08));
    }
}

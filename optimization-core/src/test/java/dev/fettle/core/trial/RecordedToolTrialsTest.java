package dev.fettle.core.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.profile.ProfileAccumulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordedToolTrialsTest {
    private static final Workflow WORKFLOW = WorkflowReader.read("""
            version: 1
            id: trials
            tools:
              - {name: original, runner: original, capabilities: [c], effects: none}
              - {name: same, runner: same, capabilities: [c], effects: none}
              - {name: odd, runner: odd, capabilities: [c], effects: none}
              - {name: failing, runner: failing, capabilities: [c], effects: none}
              - {name: mail, runner: mail, capabilities: [c], effects: external}
              - {name: paid, runner: same, capabilities: [c], effects: none, usdPerCall: 0.5}
              - {name: remote, runner: remote, capabilities: [c], effects: none}
              - {name: stuck, runner: stuck, capabilities: [c], effects: none}
            nodes:
              - {id: a, kind: function, runner: r, reads: [], writes: [], tools: [original]}
            """, "test.yaml");

    private final Tools tools = new Tools();

    /** Tools that answer with the square of {@code n}, each in its own way. */
    private static final class Tools implements Runners {
        private final Map<String, ToolRunner> runners = new TreeMap<>();
        private final List<String> called = new ArrayList<>();

        Tools() {
            add("original", n -> n * n);
            add("same", n -> n * n);
            add("odd", n -> n == 3 ? -1 : n * n);
            add("failing", n -> {
                if (n == 2) {
                    throw new IllegalStateException("planted");
                }
                return n * n;
            });
            add("mail", n -> n * n);
            add("remote", n -> n * n);
            add("stuck", n -> {
                new CountDownLatch(1).await();
                return n * n;
            });
        }

        private interface Answer {
            int to(int n) throws Exception;
        }

        private void add(String name, Answer answer) {
            runners.put(name, new ToolRunner() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public boolean isRemote(ToolSpec tool) {
                    return tool.name().equals("remote");
                }

                @Override
                public Object call(ToolContext context) throws Exception {
                    called.add(name);
                    return answer.to(
                            Integer.parseInt(String.valueOf(context.arguments().get("n"))));
                }
            });
        }

        @Override
        public Optional<NodeRunner> nodeRunner(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ToolRunner> toolRunner(String name) {
            return Optional.ofNullable(runners.get(name));
        }

        @Override
        public SortedSet<String> nodeRunnerNames() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<String> toolRunnerNames() {
            return new TreeSet<>(runners.keySet());
        }
    }

    private ToolTrials trials(List<Integer> arguments) {
        return trials(arguments, RecordedToolTrials.Limits.DEFAULT, null);
    }

    private ToolTrials trials(
            List<Integer> arguments, RecordedToolTrials.Limits limits, RecordedToolTrials.@Nullable Outside outside) {
        List<ToolCall> calls = new ArrayList<>();
        for (int n : arguments) {
            calls.add(new ToolCall(
                    "original",
                    "hash" + n,
                    "result" + n,
                    Duration.ZERO,
                    Duration.ofMillis(1),
                    Status.OK,
                    null,
                    null,
                    null,
                    "{\"n\":" + n + "}"));
        }
        ProfileAccumulator profile = new ProfileAccumulator();
        profile.add(new ExecutionTrace(
                "t",
                "trials",
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMillis(10),
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(NodeOccurrence.builder("o", "a").toolCalls(calls).build())));
        return new RecordedToolTrials(
                WORKFLOW, profile.profile(Catalogue.standard()), tools, Path.of("."), limits, outside);
    }

    @Test
    void distinctCallsAreComparedOnceHoweverOftenTheyWereMade() {
        ToolTrials.Result result =
                trials(List.of(1, 2, 2, 3, 1)).compare("original", "same").orElseThrow();

        assertThat(result.pairs()).isEqualTo(3);
        assertThat(result.equal()).isEqualTo(3);
        assertThat(result.failures()).isZero();
        assertThat(result.secondsFactor().factor()).isTrue();
        assertThat(result.secondsFactor().value()).isPositive();
    }

    @Test
    void anUnequalResultAndAFailureAreCounted() {
        ToolTrials trials = trials(List.of(1, 2, 3));

        assertThat(trials.compare("original", "odd").orElseThrow().equal()).isEqualTo(2);
        assertThat(trials.compare("original", "failing").orElseThrow().failures())
                .isEqualTo(1);
        assertThat(trials.compare("original", "failing").orElseThrow().equal()).isEqualTo(2);
    }

    @Test
    void aToolWithEffectsIsNeverTried() {
        assertThat(trials(List.of(1)).compare("original", "mail")).isEmpty();
        assertThat(tools.called).isEmpty();
    }

    @Test
    void aToolThatCostsOrLeavesTheMachineIsTriedOnlyWhereThatIsAllowed() {
        assertThat(trials(List.of(1)).compare("original", "paid")).isEmpty();
        assertThat(trials(List.of(1)).compare("original", "remote")).isEmpty();
        assertThat(tools.called).isEmpty();

        RecordedToolTrials.Outside outside = new RecordedToolTrials.Outside(100, new DoubleAdder());
        ToolTrials allowed = trials(List.of(1, 2), RecordedToolTrials.Limits.DEFAULT, outside);
        assertThat(allowed.compare("original", "remote")).isPresent();
        assertThat(outside.spentUsd().sum()).isZero();
        assertThat(allowed.compare("original", "paid")).isPresent();
        assertThat(outside.spentUsd().sum()).isEqualTo(0.5 * 2 * RecordedToolTrials.Limits.DEFAULT.passes());
    }

    @Test
    void trialsSpendNoMoreThanIsLeft() {
        DoubleAdder spent = new DoubleAdder();
        spent.add(3);
        ToolTrials trials =
                trials(List.of(1, 2, 3), RecordedToolTrials.Limits.DEFAULT, new RecordedToolTrials.Outside(4.2, spent));

        assertThat(trials.compare("original", "paid")).isEmpty();

        assertThat(spent.sum()).isEqualTo(4);
        assertThat(tools.called).filteredOn("same"::equals).hasSize(2);
    }

    @Test
    void aCallThatDoesNotEndIsCancelled() {
        RecordedToolTrials.Limits limits = RecordedToolTrials.Limits.DEFAULT;
        ToolTrials trials = trials(
                List.of(1),
                new RecordedToolTrials.Limits(
                        limits.maxRuns(), limits.maxCalls(), limits.passes(), limits.maxTime(), Duration.ofMillis(100)),
                null);

        assertThat(trials.compare("original", "stuck")).isEmpty();
        // A pool has ended a little before the last of its threads has.
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (isCalling() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertThat(isCalling()).isFalse();
    }

    private static boolean isCalling() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("fettle-tool-trial"));
    }

    @Test
    void theFirstRunIsFinishedEvenWhenItTakesTooLong() {
        ToolTrials trials = trials(List.of(1, 2));
        assertThat(trials.compare("original", "same")).isPresent();
        assertThat(trials.compare("original", "unknown-tool")).isEmpty();
    }
}

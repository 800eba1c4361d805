package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.model.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DryRunExecutorTest {
    private static final Workflow WORKFLOW = WorkflowReader.read("""
            version: 1
            id: asked
            nodes:
              - {id: a, kind: function, runner: r, reads: [], writes: []}
            """, "test.yaml");

    /** Notes which of the recorded runs of an input is to answer. */
    private static final class Turns implements WorkflowExecutor {
        private final List<Integer> turns = new ArrayList<>();

        @Override
        public String name() {
            return "turns";
        }

        @Override
        public List<String> obstacles(Workflow workflow, Runners runners, Record settings) {
            return List.of();
        }

        @Override
        public ExecutionResult execute(ExecutionRequest request) {
            turns.add(((EffectPolicy.Replay) request.effects()).turn());
            ExecutionTrace trace = new ExecutionTrace(
                    request.runId(), "asked", Instant.EPOCH, Duration.ZERO, Status.OK, true, null, Map.of(), List.of());
            return new ExecutionResult(trace, Map.of(), Map.of(), null, List.of(), null, 0, 0);
        }
    }

    private static ExecutionRequest request(String runId) {
        return new ExecutionRequest(
                runId,
                WORKFLOW,
                Map.of(),
                Path.of("."),
                CappedExecutorTest.None.INSTANCE,
                Catalogue.standard(),
                new EffectPolicy.Perform(),
                Duration.ofMinutes(1),
                new Turns().defaultSettings());
    }

    /** Else a difference that one recorded run shows would not be asked again. */
    @Test
    void whatIsAskedOnceMoreIsAnsweredByTheRecordedRunOfThePairThatDiffered() {
        Turns turns = new Turns();
        Recording recording = new Recording("id", "asked", List.of());
        WorkflowExecutor executor = new DryRunExecutor(turns, recording, ReplayRules.OUTSIDE, 3, null);

        executor.execute(request("dry-run-pair-7-original"));
        for (int round = 0; round < 10; round++) {
            executor.execute(request("dry-run-once-more-" + (70 + round) + "-candidate"));
        }
        executor.execute(request("dry-run-once-more-80-again"));

        assertThat(turns.turns).hasSize(12).containsOnly(2);
    }
}

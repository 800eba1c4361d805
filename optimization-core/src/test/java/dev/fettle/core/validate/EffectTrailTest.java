package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectTrailTest {
    private static final Workflow WORKFLOW = WorkflowReader.read("""
            version: 1
            id: storing
            inputs: [text]
            outputs: [out]
            tools:
              - {name: store, runner: store, effects: idempotent}
            nodes:
              - {id: keep, kind: agent, model: m, prompt: "Keep {text}", tools: [store], reads: [text], writes: [out],
                 effects: none}
            """, "storing.yaml");

    private static EffectTrail trail(Status status) {
        NodeOccurrence occurrence = NodeOccurrence.builder("keep", "keep")
                .status(status)
                .toolCalls(List.of(new ToolCall(
                        "store", "a", null, Duration.ZERO, Duration.ZERO, Status.OK, null, null, null, null, null)))
                .build();
        ExecutionTrace trace = new ExecutionTrace(
                "run",
                "storing",
                Instant.EPOCH,
                Duration.ofSeconds(1),
                status,
                true,
                null,
                Map.of(),
                List.of(occurrence));
        return EffectTrail.of(new ExecutionResult(trace, Map.of(), Map.of(), null, List.of()), WORKFLOW);
    }

    @Test
    void whatANodeHasCalledStaysDoneWhereItFailsAfterIt() {
        assertThat(trail(Status.ERROR).writes())
                .isEqualTo(trail(Status.OK).writes())
                .hasSize(1);
    }
}

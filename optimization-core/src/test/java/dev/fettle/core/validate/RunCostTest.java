package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.ModelTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunCostTest {
    private static final Workflow WORKFLOW =
            Workflows.chain(List.of(Workflows.function("n", List.of("text"), List.of("out"))), "out");
    private static final ModelTable MODELS = new ModelTable(List.of(ModelTable.model("m", "10", "20", 50, 0.8)));

    private static RunCost cost(TokenUsage tokens, Status status, @Nullable Double usd) {
        ModelCall call =
                new ModelCall("m", Duration.ZERO, Duration.ofSeconds(1), tokens, status, null, usd, null, null);
        NodeOccurrence occurrence =
                NodeOccurrence.builder("1", "n").modelCalls(List.of(call)).build();
        return RunCost.of(
                new ExecutionTrace(
                        "r",
                        "flow",
                        Instant.EPOCH,
                        Duration.ofSeconds(1),
                        Status.OK,
                        true,
                        null,
                        Map.of(),
                        List.of(occurrence)),
                WORKFLOW,
                MODELS);
    }

    @Test
    void anAnswerWithoutStatedUsageIsNotFree() {
        RunCost stated = cost(new TokenUsage(100_000, 50_000, 0), Status.OK, null);
        RunCost silent = cost(TokenUsage.NONE, Status.OK, null);

        assertThat(stated.usd()).isEqualTo(2);
        assertThat(stated.unpriced()).isEmpty();
        assertThat(silent.unpriced()).containsOnlyKeys("m");
        assertThat(silent.comparableWith(stated)).isFalse();
    }

    @Test
    void aRefusedCallAndAStatedCostAreKnown() {
        assertThat(cost(TokenUsage.NONE, Status.ERROR, null).unpriced()).isEmpty();
        RunCost recorded = cost(TokenUsage.NONE, Status.OK, 0.5);
        assertThat(recorded.usd()).isEqualTo(0.5);
        assertThat(recorded.unpriced()).isEmpty();
    }
}

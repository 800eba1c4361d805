package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
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
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Test;

class CappedExecutorTest {
    private static final Workflow WORKFLOW = WorkflowReader.read("""
            version: 1
            id: paid
            nodes:
              - {id: a, kind: function, runner: r, reads: [], writes: []}
            """, "test.yaml");

    /** Spends the same in each run; what its trace says is nothing, as where a call broke off. */
    private static final class Spending implements WorkflowExecutor {
        private final double usd;
        private final List<Double> may = new ArrayList<>();

        Spending(double usd) {
            this.usd = usd;
        }

        @Override
        public String name() {
            return "spending";
        }

        @Override
        public List<String> obstacles(Workflow workflow, Runners runners, Record settings) {
            return List.of();
        }

        @Override
        public ExecutionResult execute(ExecutionRequest request) {
            may.add(request.mayUsd());
            if (usd > 0 && request.mayUsd() <= 0) {
                throw new FettleException(ErrorCode.LIMIT, "refused");
            }
            ExecutionTrace trace = new ExecutionTrace(
                    request.runId(), "paid", Instant.EPOCH, Duration.ZERO, Status.OK, true, null, Map.of(), List.of());
            return new ExecutionResult(trace, Map.of(), Map.of(), null, List.of(), null, 0, usd);
        }
    }

    enum None implements Runners {
        INSTANCE;

        @Override
        public Optional<NodeRunner> nodeRunner(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ToolRunner> toolRunner(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> nodeRunnerNames() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<String> toolRunnerNames() {
            return new TreeSet<>();
        }
    }

    private static ExecutionRequest request() {
        return new ExecutionRequest(
                "run",
                WORKFLOW,
                Map.of(),
                Path.of("."),
                None.INSTANCE,
                Catalogue.standard(),
                new EffectPolicy.Perform(),
                Duration.ofMinutes(1),
                new Spending(0).defaultSettings());
    }

    @Test
    void eachRunMaySpendWhatIsLeftAndWhatTheExecutorReckonsCounts() {
        Spending spending = new Spending(2);
        WorkflowExecutor capped = new CappedExecutor(spending, 3, new DoubleAdder());

        capped.execute(request());
        capped.execute(request());

        assertThat(spending.may).containsExactly(3.0, 1.0);
        assertThatThrownBy(() -> capped.execute(request()))
                .hasMessageContaining("4.0000 USD")
                .hasMessageContaining("spending.maxUsd (3.0000)");
        assertThat(spending.may).hasSize(2);
    }

    @Test
    void whatIsAllowedIsNotPassedByACent() {
        Spending spending = new Spending(2);
        WorkflowExecutor capped = new CappedExecutor(spending, 2, new DoubleAdder());

        capped.execute(request());

        assertThatThrownBy(() -> capped.execute(request())).hasMessageContaining("spending.maxUsd");
        assertThat(spending.may).hasSize(1);
    }

    @Test
    void whereNothingMayBeSpentFreeRunsAreMadeAndPaidOnesNot() {
        Spending free = new Spending(0);
        WorkflowExecutor forFree = new CappedExecutor(free, 0, new DoubleAdder());
        forFree.execute(request());
        forFree.execute(request());
        assertThat(free.may).containsExactly(0.0, 0.0);

        WorkflowExecutor paid = new CappedExecutor(new Spending(1), 0, new DoubleAdder());
        assertThatThrownBy(() -> paid.execute(request())).hasMessageContaining("spending.maxUsd (0.0000)");
    }
}

package dev.fettle.core.optimize;

import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.validate.DryRunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The executor of a dry run: counts the calls that a recording answered, and takes runs of pairs that were finished before an
 * interruption from where they were kept.
 */
final class DryRunExecutor implements WorkflowExecutor {
    private final WorkflowExecutor executor;
    private final @Nullable FinishedPairs finished;
    private final AtomicLong answered = new AtomicLong();

    DryRunExecutor(WorkflowExecutor executor, @Nullable FinishedPairs finished) {
        this.executor = executor;
        this.finished = finished;
    }

    /** Calls that the recording answered so far. */
    long answered() {
        return answered.get();
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public Record defaultSettings() {
        return executor.defaultSettings();
    }

    @Override
    public List<String> obstacles(Workflow workflow, Runners runners, Record settings) {
        return executor.obstacles(workflow, runners, settings);
    }

    @Override
    public Map<String, Set<String>> modelHosts(Workflow workflow, Record settings) {
        return executor.modelHosts(workflow, settings);
    }

    @Override
    public OptionalInt membersAtOnce(Record settings) {
        return executor.membersAtOnce(settings);
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) {
        DryRunId id = DryRunId.parse(request.runId());
        Optional<ExecutionResult> before = finished == null ? Optional.empty() : finished.find(id);
        ExecutionResult result = before.orElseGet(() -> executor.execute(request));
        answered.addAndGet(result.answered());
        if (finished != null && before.isEmpty()) {
            finished.keep(id, result);
        }
        return result;
    }
}

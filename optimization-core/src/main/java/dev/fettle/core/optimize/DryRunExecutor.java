package dev.fettle.core.optimize;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.validate.DryRunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The executor of a dry run: answers outside calls from a recording, both runs of a pair from the same recorded run, and
 * takes runs of pairs that were finished before an interruption from where they were kept.
 */
final class DryRunExecutor implements WorkflowExecutor {
    private final WorkflowExecutor executor;
    private final Recording recording;
    private final ReplayRules rules;
    private final int inputs;
    private final @Nullable FinishedPairs finished;
    private final AtomicLong answered = new AtomicLong();

    DryRunExecutor(
            WorkflowExecutor executor,
            Recording recording,
            ReplayRules rules,
            int inputs,
            @Nullable FinishedPairs finished) {
        this.executor = executor;
        this.recording = recording;
        this.rules = rules;
        this.inputs = inputs;
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
    public ExecutionResult execute(ExecutionRequest request) {
        DryRunId id = DryRunId.parse(request.runId());
        Optional<ExecutionResult> before = finished == null ? Optional.empty() : finished.find(id);
        ExecutionResult result = before.orElseGet(() -> run(request, id.place()));
        answered.addAndGet(result.answered());
        if (finished != null && before.isEmpty()) {
            finished.keep(id, result);
        }
        return result;
    }

    private ExecutionResult run(ExecutionRequest request, int pair) {
        return executor.execute(new ExecutionRequest(
                request.runId(),
                request.workflow(),
                request.input(),
                request.directory(),
                request.runners(),
                request.models(),
                new EffectPolicy.Replay(recording, rules, pair / inputs),
                request.timeout(),
                request.settings(),
                request.attendance()));
    }
}

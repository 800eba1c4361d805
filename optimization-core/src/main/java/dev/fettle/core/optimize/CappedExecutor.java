package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.validate.RunCost;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * An executor that begins no run once the runs before have cost as much as is allowed, by what traces state and the price
 * table. What has no known price cannot be capped.
 */
final class CappedExecutor implements WorkflowExecutor {
    private final WorkflowExecutor executor;
    private final double maxUsd;
    private final DoubleAdder spentUsd;

    /**
     * @param spentUsd so far, shared by the executors of one session
     */
    CappedExecutor(WorkflowExecutor executor, double maxUsd, DoubleAdder spentUsd) {
        this.executor = executor;
        this.maxUsd = maxUsd;
        this.spentUsd = spentUsd;
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
    public Set<String> modelHosts(Workflow workflow, Record settings) {
        return executor.modelHosts(workflow, settings);
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) {
        if (spentUsd.sum() > maxUsd) {
            throw new FettleException(
                    ErrorCode.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "the runs so far have cost (%.4f USD), which is more than spending.maxUsd (%.4f); raise it in"
                                    + " fettle.yaml, or run less",
                            spentUsd.sum(),
                            maxUsd));
        }
        ExecutionResult result = executor.execute(request);
        spentUsd.add(
                RunCost.of(result.trace(), request.workflow(), request.models()).usd());
        return result;
    }
}

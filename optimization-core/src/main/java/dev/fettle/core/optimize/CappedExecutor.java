package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.validate.RunCost;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * An executor that gives each run what is left of a cap, and begins none where nothing is left of what was spent: by what
 * traces state and the price table, or what the executor reckons where that is more. Calls under way when the cap is reached
 * may pass it, and runs that go on at once each get what was left when they began. What has no known price cannot be capped.
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
    public Map<String, Set<String>> modelHosts(Workflow workflow, Record settings) {
        return executor.modelHosts(workflow, settings);
    }

    @Override
    public OptionalInt membersAtOnce(Record settings) {
        return executor.membersAtOnce(settings);
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) {
        if (isFree(request.effects())) {
            return executor.execute(request);
        }
        double before = spentUsd.sum();
        if (before > 0 && before >= maxUsd) {
            throw reached(null);
        }
        ExecutionResult result;
        try {
            result = executor.execute(request.spendingAtMost(maxUsd - before));
        } catch (FettleException e) {
            if (e.code() != ErrorCode.LIMIT) {
                throw e;
            }
            spentUsd.add(maxUsd - before);
            throw reached(e);
        }
        double stated =
                RunCost.of(result.trace(), request.workflow(), request.models()).usd();
        spentUsd.add(Math.max(stated, result.spentUsd()));
        return result;
    }

    private FettleException reached(@Nullable FettleException refusal) {
        return new FettleException(
                ErrorCode.LIMIT,
                String.format(
                        Locale.ROOT,
                        "the runs so far have cost (%.4f USD), which is all that spending.maxUsd (%.4f) allows; raise it"
                                + " in fettle.yaml, or run less",
                        spentUsd.sum(),
                        maxUsd),
                refusal);
    }

    /** A replay that answers everything that could cost something, and makes no call that was not recorded. */
    private static boolean isFree(EffectPolicy policy) {
        return policy instanceof EffectPolicy.Replay replay
                && replay.rules().scope() != ReplayRules.Scope.EFFECTS
                && !replay.rules().live();
    }
}

package dev.fettle.benchmarks.mutation;

import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs by another executor and gives each leaf the same duration, blocks that of their longest chain. So a version with
 * fewer nodes, or with parallel ones, always looks faster, as a plan does, and the verdict does not hang on how long a
 * millisecond is on this machine.
 */
final class VirtualTime implements WorkflowExecutor {
    private static final Duration LEAF = Duration.ofMillis(100);

    private final WorkflowExecutor executor;
    private final Runnable beforeEachRun;

    VirtualTime(WorkflowExecutor executor, Runnable beforeEachRun) {
        this.executor = executor;
        this.beforeEachRun = beforeEachRun;
    }

    @Override
    public String name() {
        return "virtual-time";
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
    public ExecutionResult execute(ExecutionRequest request) {
        beforeEachRun.run();
        ExecutionResult result = executor.execute(request);
        ExecutionTrace trace = result.trace();
        int leaves = 0;
        for (NodeOccurrence occurrence : trace.occurrences()) {
            if (occurrence.parent() == null) {
                leaves += request.workflow()
                        .node(occurrence.node())
                        .map(VirtualTime::length)
                        .orElse(1);
            }
        }
        ExecutionTrace timed = new ExecutionTrace(
                trace.id(),
                trace.workflow(),
                trace.startedAt(),
                LEAF.multipliedBy(leaves),
                trace.status(),
                trace.complete(),
                trace.inputHash(),
                trace.scores(),
                trace.occurrences());
        return new ExecutionResult(timed, result.state(), result.output(), result.error(), result.effects());
    }

    /** Leaves on the longest chain of members that wait for each other. */
    private static int length(Node node) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < node.members().size(); i++) {
            Node member = node.members().get(i);
            int start = 0;
            for (int j = 0; j < i; j++) {
                boolean waits = node.members().get(j).state().writes().stream()
                        .anyMatch(member.state().reads()::contains);
                start = waits ? Math.max(start, ends.get(j)) : start;
            }
            ends.add(start + length(member));
        }
        return ends.stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}

package dev.fettle.core.estimate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A trace as a tree of steps. */
final class ReplayTrace {
    final ExecutionTrace trace;

    final double seconds;

    /** All steps, parents before the steps inside them. */
    final List<Step> steps;

    /** Steps that are in no other, by start, then end. */
    final Step[] outermost;

    /** The same as items. */
    final List<Step.Item> topLevel;

    /** Whether some step has a recorded use of memory. */
    final boolean recordsMemory;

    /** When each item of its {@link TraceForm} started and ended, by {@link TraceForm#start} and {@link TraceForm#end}. */
    final double[] moments;

    private final Map<String, List<Step>> byNode;

    private ReplayTrace(ExecutionTrace trace, double seconds, List<Step> steps, List<Step.Item> topLevel) {
        this.trace = trace;
        this.seconds = seconds;
        this.steps = steps;
        this.topLevel = topLevel;
        this.outermost = new Step[topLevel.size()];
        for (int i = 0; i < outermost.length; i++) {
            outermost[i] = Objects.requireNonNull(topLevel.get(i).step());
        }
        this.recordsMemory = steps.stream().anyMatch(step -> step.occurrence.memoryBytes() != null);
        this.byNode = steps.stream().collect(Collectors.groupingBy(Step::node));
        this.moments = TraceForm.moments(this);
    }

    /** All steps of a node. */
    List<Step> stepsOf(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    /**
     * @param settings of the machine: what took all its processors when alone is not to seem slowed by itself
     */
    static ReplayTrace of(
            ExecutionTrace trace, RecordedWorkflow base, SampleStatistics sample, ReplaySettings settings) {
        Map<String, Step> byId = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        List<Step> roots = new ArrayList<>();
        // how much a node is slowed beside others was measured with all the processors that work for it
        double most = settings.interference().measured() ? 1 : settings.processors();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            double cpuShare = Math.min(most, sample.cpuShare(occurrence.node()));
            double slowdown = settings.interference().of(occurrence.node());
            Step step = new Step(steps.size(), base.position(occurrence.node()), occurrence, cpuShare, slowdown);
            steps.add(step);
            byId.put(occurrence.id(), step);
            Step parent = occurrence.parent() == null ? null : byId.get(occurrence.parent());
            if (parent == null || parent == step) {
                roots.add(step);
            } else {
                step.parent = parent;
                parent.children.add(step);
            }
        }
        steps.forEach(step -> step.close());
        double wallClock = Step.seconds(trace.wallClock());
        return new ReplayTrace(trace, wallClock, List.copyOf(steps), Step.sorted(roots));
    }
}

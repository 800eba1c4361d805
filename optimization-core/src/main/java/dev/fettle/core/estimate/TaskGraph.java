package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trace under one arrangement of its nodes, as arrays: tasks in an order in which what must end first comes first. The
 * first task has no length and starts the run; the last ends it. Immutable.
 *
 * <p>The length of a task is a constant, the length of a step, or the length of a block whose members compete for
 * processors and that is computed as a whole.
 */
final class TaskGraph {
    /** Orders that are remembered for other graphs. */
    private static final int MOST_ORDERS = 2_000;

    final TaskOrder order;

    /** Of each task, before it starts. */
    final double[] delays;

    /** Length where nothing else gives it. */
    final double[] constants;

    /** By step: the task that holds it, or -1. */
    final int[] taskOfStep;

    /** By task: null where the task is not such a block. */
    final @Nullable Contended[] contended;

    /** A block whose members compete for processors. */
    record Contended(List<Step> members, double[] delays, int[][] needs) {}

    /**
     * @param orders known so far, by the predecessors of all tasks
     */
    TaskGraph(Builder builder, int steps, Map<List<List<Integer>>, TaskOrder> orders) {
        if (orders.size() > MOST_ORDERS) {
            orders.clear();
        }
        order = orders.computeIfAbsent(builder.predecessors, TaskOrder::new);
        delays = builder.delays.stream().mapToDouble(Double::doubleValue).toArray();
        constants = builder.constants.stream().mapToDouble(Double::doubleValue).toArray();
        contended = builder.contended.toArray(new @Nullable Contended[0]);
        taskOfStep = new int[steps];
        Arrays.fill(taskOfStep, -1);
        builder.steps.forEach(held -> taskOfStep[held[0]] = held[1]);
    }

    int size() {
        return order.size;
    }

    /** Collects tasks in order. */
    static final class Builder {
        private final List<Double> delays = new ArrayList<>();
        private final List<Double> constants = new ArrayList<>();
        private final List<@Nullable Contended> contended = new ArrayList<>();
        private final List<List<Integer>> predecessors = new ArrayList<>();
        private final List<int[]> steps = new ArrayList<>();

        int constant(double delay, double length, List<Integer> after) {
            delays.add(delay);
            constants.add(length);
            contended.add(null);
            predecessors.add(List.copyOf(after));
            return delays.size() - 1;
        }

        int step(double delay, Step step, List<Integer> after) {
            int task = constant(delay, 0, after);
            steps.add(new int[] {step.index, task});
            return task;
        }

        int contended(double delay, Contended block, List<Integer> after) {
            int task = constant(delay, 0, after);
            contended.set(task, block);
            block.members().forEach(member -> steps.add(new int[] {member.index, task}));
            return task;
        }
    }
}

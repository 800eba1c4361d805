package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trace under one arrangement of its nodes, as arrays: tasks in an order in which what must end first comes first. The
 * first task has no length and starts the run; the last ends it. Immutable.
 *
 * <p>The length of a task is a constant, the length of a step, or the length of a block whose members compete for
 * processors and that is computed as a whole.
 */
final class TaskGraph {
    /** More would take more memory than the walks that they save are worth. */
    private static final long MOST_PASSING = 1 << 20;

    final int size;

    /** Of each task, before it starts. */
    final double[] delays;

    /** Length where nothing else gives it. */
    final double[] constants;

    /** What must end before each task. */
    final Precedence before;

    /** The same with all edges and the order turned round: task {@code size - 1 - i} stands for task i. */
    final Precedence behind;

    /** Whether there are few enough edges that lead past tasks to keep them. */
    final boolean knowsPassing;

    /** Edges that lead past a task: from before it to behind it. */
    final int[] passingFrom;

    final int[] passingTo;
    final int[] passingStarts;

    /** By step: the task that holds it, or -1. */
    final int[] taskOfStep;

    /** By task: null where the task is not such a block. */
    final @Nullable Contended[] contended;

    /** A block whose members compete for processors. */
    record Contended(List<Step> members, double[] delays, int[][] needs) {}

    TaskGraph(Builder builder, int steps) {
        size = builder.delays.size();
        delays = builder.delays.stream().mapToDouble(Double::doubleValue).toArray();
        constants = builder.constants.stream().mapToDouble(Double::doubleValue).toArray();
        contended = builder.contended.toArray(new @Nullable Contended[0]);
        taskOfStep = new int[steps];
        Arrays.fill(taskOfStep, -1);
        builder.steps.forEach(held -> taskOfStep[held[0]] = held[1]);
        List<List<Integer>> turned = lists(size);
        long passing = 0;
        for (int task = size - 1; task >= 0; task--) {
            for (int earlier : builder.predecessors.get(task)) {
                turned.get(size - 1 - earlier).add(size - 1 - task);
                passing += task - earlier - 1;
            }
        }
        before = new Precedence(builder.predecessors);
        behind = new Precedence(turned);
        knowsPassing = passing <= MOST_PASSING;
        int count = knowsPassing ? (int) passing : 0;
        passingStarts = new int[size + 1];
        passingFrom = new int[count];
        passingTo = new int[count];
        if (knowsPassing) {
            fillPassing();
        }
    }

    private void fillPassing() {
        for (int task = 0; task < size; task++) {
            for (int i = before.starts[task]; i < before.starts[task + 1]; i++) {
                for (int passed = before.all[i] + 1; passed < task; passed++) {
                    passingStarts[passed + 1]++;
                }
            }
        }
        for (int task = 0; task < size; task++) {
            passingStarts[task + 1] += passingStarts[task];
        }
        int[] next = passingStarts.clone();
        for (int task = 0; task < size; task++) {
            for (int i = before.starts[task]; i < before.starts[task + 1]; i++) {
                for (int passed = before.all[i] + 1; passed < task; passed++) {
                    passingFrom[next[passed]] = before.all[i];
                    passingTo[next[passed]++] = task;
                }
            }
        }
    }

    private static List<List<Integer>> lists(int count) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
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

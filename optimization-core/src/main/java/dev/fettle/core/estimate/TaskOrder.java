package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * What must end before each task of a graph, and which edges lead past it. Immutable; many graphs share one, since runs of a
 * workflow often differ in times only.
 */
final class TaskOrder {
    /** More would take more memory than the walks that they save are worth. */
    private static final long MOST_PASSING = 1 << 20;

    final int size;

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

    /**
     * @param predecessors of each task; they have lower numbers
     */
    TaskOrder(List<List<Integer>> predecessors) {
        size = predecessors.size();
        List<List<Integer>> turned = new ArrayList<>();
        for (int task = 0; task < size; task++) {
            turned.add(new ArrayList<>());
        }
        long passing = 0;
        for (int task = size - 1; task >= 0; task--) {
            for (int earlier : predecessors.get(task)) {
                turned.get(size - 1 - earlier).add(size - 1 - task);
                passing += task - earlier - 1;
            }
        }
        before = new Precedence(predecessors);
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
}

package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/**
 * One trace under one arrangement of its nodes, as arrays: tasks in an order in which what must end first comes first. The
 * first task has no length and starts the run; the last ends it. Immutable.
 *
 * <p>The length of a task is a constant, the length of a step, or the length of a block whose members compete for
 * processors and that is computed as a whole.
 */
final class TaskGraph {
    final TaskOrder order;

    /** Of each task, before it starts. */
    final double[] delays;

    /** Length where nothing else gives it. */
    final double[] constants;

    /** By step: the task that holds it, or -1. */
    final int[] taskOfStep;

    /** By task: null where the task is not such a block. */
    final @Nullable Contended[] contended;

    /**
     * A block whose members compete for processors.
     *
     * @param members their steps
     * @param demands of each
     * @param delays of each
     * @param needs of each, as positions of earlier members
     */
    record Contended(int[] members, Demands demands, double[] delays, int[][] needs) {
        /**
         * @param steps lengths of all steps
         */
        double seconds(double[] steps, ReplaySettings settings) {
            double[] seconds = new double[members.length];
            for (int i = 0; i < members.length; i++) {
                seconds[i] = Math.max(0, steps[members[i]]);
            }
            return SharedProcessors.run(delays, seconds, demands.of(seconds), needs, settings)
                    .last();
        }
    }

    TaskGraph(TaskOrder order, double[] delays, double[] constants, int[] taskOfStep, @Nullable Contended[] contended) {
        this.order = order;
        this.delays = delays;
        this.constants = constants;
        this.taskOfStep = taskOfStep;
        this.contended = contended;
    }

    int size() {
        return order.size;
    }
}

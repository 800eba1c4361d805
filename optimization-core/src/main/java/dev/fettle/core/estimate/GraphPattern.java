package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of all traces of one form under one arrangement: the same tasks in the same order, with times that are the
 * differences of the same recorded moments. Immutable.
 */
final class GraphPattern {
    /** Orders that are remembered for other graphs. */
    private static final int MOST_ORDERS = 2_000;

    private final TaskOrder order;
    private final Span[] delays;
    private final Span[] constants;
    private final int[] taskOfStep;
    private final List<Block> blocks;

    /** The time from one moment to another, as {@link TraceForm} counts moments. */
    record Span(int from, int to) {
        /** No time. */
        static final Span NONE = new Span(0, 0);

        double seconds(double[] moments) {
            return moments[to] - moments[from];
        }
    }

    /**
     * A block of members that were recorded one after the other.
     *
     * @param task that stands for all of it; -1 where each member has one of its own, as they do not compete
     */
    private record Block(int task, int[] members, Span[] delays, int[][] needs) {}

    /**
     * @param orders known so far, by the predecessors of all tasks
     */
    private GraphPattern(Builder builder, int steps, Map<List<List<Integer>>, TaskOrder> orders) {
        if (orders.size() > MOST_ORDERS) {
            orders.clear();
        }
        order = orders.computeIfAbsent(builder.predecessors, TaskOrder::new);
        delays = builder.delays.toArray(Span[]::new);
        constants = builder.constants.toArray(Span[]::new);
        blocks = builder.blocks;
        taskOfStep = new int[steps];
        Arrays.fill(taskOfStep, -1);
        builder.steps.forEach(held -> taskOfStep[held[0]] = held[1]);
    }

    /** Whether members of a block compete: then its length is computed as a whole. */
    static boolean compete(ReplayTrace trace, int[] members, ReplaySettings settings) {
        return demands(trace, members).compete(settings) || members.length > settings.workers();
    }

    private static Demands demands(ReplayTrace trace, int[] members) {
        return Demands.of(Arrays.stream(members).mapToObj(trace.steps::get).toList());
    }

    /** Whether the same blocks compete in a trace of the form. */
    boolean fits(ReplayTrace trace, ReplaySettings settings) {
        for (Block block : blocks) {
            if (compete(trace, block.members(), settings) != block.task() >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The graph of a trace that fits. */
    TaskGraph graph(ReplayTrace trace) {
        TaskGraph.@Nullable Contended[] contended = new TaskGraph.@Nullable Contended[order.size];
        for (Block block : blocks) {
            if (block.task() >= 0) {
                contended[block.task()] = new TaskGraph.Contended(
                        block.members(),
                        demands(trace, block.members()),
                        seconds(block.delays(), trace.moments),
                        block.needs());
            }
        }
        return new TaskGraph(
                order, seconds(delays, trace.moments), seconds(constants, trace.moments), taskOfStep, contended);
    }

    private static double[] seconds(Span[] spans, double[] moments) {
        double[] seconds = new double[spans.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = spans[i].seconds(moments);
        }
        return seconds;
    }

    /** Collects tasks in order. */
    static final class Builder {
        private final List<Span> delays = new ArrayList<>();
        private final List<Span> constants = new ArrayList<>();
        private final List<List<Integer>> predecessors = new ArrayList<>();
        private final List<int[]> steps = new ArrayList<>();
        private final List<Block> blocks = new ArrayList<>();

        int constant(Span delay, Span length, List<Integer> after) {
            delays.add(delay);
            constants.add(length);
            predecessors.add(List.copyOf(after));
            return delays.size() - 1;
        }

        int step(Span delay, Step step, List<Integer> after) {
            int task = constant(delay, Span.NONE, after);
            steps.add(new int[] {step.index, task});
            return task;
        }

        /** A block whose members compete. */
        int contended(Span delay, int[] members, Span[] memberDelays, int[][] needs, List<Integer> after) {
            int task = constant(delay, Span.NONE, after);
            blocks.add(new Block(task, members, memberDelays, needs));
            for (int member : members) {
                steps.add(new int[] {member, task});
            }
            return task;
        }

        /** Hears of a block whose members do not compete. */
        void uncontended(int[] members) {
            blocks.add(new Block(-1, members, new Span[0], new int[0][]));
        }

        GraphPattern build(int stepCount, Map<List<List<Integer>>, TaskOrder> orders) {
            return new GraphPattern(this, stepCount, orders);
        }
    }
}

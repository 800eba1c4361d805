package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What runs of a workflow often have in common: the same steps, recorded in the same order. Under any candidate the graphs of
 * two traces of one form differ in times only.
 *
 * <p>Items are numbered level by level: those at the top, then those inside each step that holds others, in the order of the
 * steps. One more stands for the whole run.
 *
 * @param nodes of the steps
 * @param places for each level: the step that holds it, or -1; how many items there are; the step that each one is, or -1 for a
 *     call; and the ranks of all starts and ends, those of the whole level first
 */
record TraceForm(List<String> nodes, List<Integer> places) {
    static TraceForm of(ReplayTrace trace) {
        List<Integer> places = new ArrayList<>();
        level(places, -1, trace.topLevel, 0, trace.seconds);
        for (Step step : trace.steps) {
            if (!step.children.isEmpty()) {
                level(places, step.index, step.items(), step.start, step.end);
            }
        }
        return new TraceForm(trace.steps.stream().map(Step::node).toList(), List.copyOf(places));
    }

    private static void level(List<Integer> places, int holder, List<Step.Item> items, double start, double end) {
        places.add(holder);
        places.add(items.size());
        double[] times = new double[2 * items.size() + 2];
        times[0] = start;
        times[1] = end;
        for (int i = 0; i < items.size(); i++) {
            Step.Item item = items.get(i);
            Step step = item.step();
            places.add(step == null ? -1 : step.index);
            times[2 * i + 2] = item.start();
            times[2 * i + 3] = item.end();
        }
        double[] sorted = Arrays.stream(times).distinct().sorted().toArray();
        for (double time : times) {
            places.add(Arrays.binarySearch(sorted, time));
        }
    }

    /** By step: the number of the first item inside it; behind them that of the first item at the top. */
    static int[] firstItems(ReplayTrace trace) {
        int[] first = new int[trace.steps.size() + 1];
        int count = trace.topLevel.size();
        for (Step step : trace.steps) {
            first[step.index] = count;
            count += step.children.isEmpty() ? 0 : step.items().size();
        }
        return first;
    }

    /** When each item started and ended. */
    static double[] moments(ReplayTrace trace) {
        int[] first = firstItems(trace);
        int count = trace.topLevel.size();
        for (Step step : trace.steps) {
            count += step.children.isEmpty() ? 0 : step.items().size();
        }
        double[] moments = new double[2 * count + 2];
        put(moments, 0, trace.topLevel);
        for (Step step : trace.steps) {
            if (!step.children.isEmpty()) {
                put(moments, first[step.index], step.items());
            }
        }
        moments[end(count)] = trace.seconds;
        return moments;
    }

    private static void put(double[] moments, int first, List<Step.Item> items) {
        for (int i = 0; i < items.size(); i++) {
            moments[start(first + i)] = items.get(i).start();
            moments[end(first + i)] = items.get(i).end();
        }
    }

    /** The moment at which an item started. */
    static int start(int item) {
        return 2 * item;
    }

    /** The moment at which an item ended. */
    static int end(int item) {
        return 2 * item + 1;
    }
}

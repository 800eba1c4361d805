package dev.fettle.benchmarks.peers.timefold;

import ai.timefold.solver.core.api.score.buildin.simplelong.SimpleLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.Arrays;
import java.util.Objects;

/**
 * Scores incrementally on flat arrays: sums are kept, and ends are computed again from the first changed node on, only once
 * for a move and the taking back of the one before it. Timefold knows no faster way to score than this one.
 */
public final class ChoiceScore implements IncrementalScoreCalculator<Choices, SimpleLongScore> {
    private long durationWeight;
    private long[] durations = {};

    /** By node and option: weighted quality less weighted cost. */
    private long[] gains = {};

    private int width;
    private int[] parents = {};
    private int[] parentStarts = {};
    private int[] chosen = {};

    private long[] ends = {};

    /** The greatest of the ends up to and with each node. */
    private long[] latest = {};

    private long gain;
    private int firstChanged;

    @Override
    public void resetWorkingSolution(Choices solution) {
        ChoiceDag dag = Objects.requireNonNull(solution.instance()).dag;
        int n = dag.nodes();
        width = dag.options().get(0).size();
        durationWeight = dag.durationWeight();
        durations = new long[n * width];
        gains = new long[n * width];
        parentStarts = new int[n + 1];
        for (int node = 0; node < n; node++) {
            parentStarts[node + 1] = parentStarts[node] + dag.parents().get(node).length;
            for (int option = 0; option < width; option++) {
                ChoiceDag.Option one = dag.options().get(node).get(option);
                durations[node * width + option] = one.duration();
                gains[node * width + option] = dag.qualityWeight() * one.quality() - dag.costWeight() * one.cost();
            }
        }
        parents = dag.parents().stream().flatMapToInt(Arrays::stream).toArray();
        chosen = new int[n];
        Arrays.fill(chosen, -1);
        ends = new long[n];
        latest = new long[n];
        gain = 0;
        firstChanged = 0;
        solution.getNodes().forEach(this::take);
    }

    private void take(Choice choice) {
        int node = choice.getNode();
        Integer option = choice.getOption();
        gain -= chosen[node] < 0 ? 0 : gains[node * width + chosen[node]];
        chosen[node] = option == null ? -1 : option;
        gain += option == null ? 0 : gains[node * width + option];
        firstChanged = Math.min(firstChanged, node);
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        take((Choice) entity);
    }

    @Override
    public SimpleLongScore calculateScore() {
        long last = firstChanged == 0 ? 0 : latest[firstChanged - 1];
        for (int node = firstChanged; node < ends.length; node++) {
            long start = 0;
            for (int i = parentStarts[node]; i < parentStarts[node + 1]; i++) {
                start = Math.max(start, ends[parents[i]]);
            }
            ends[node] = start + (chosen[node] < 0 ? 0 : durations[node * width + chosen[node]]);
            last = Math.max(last, ends[node]);
            latest[node] = last;
        }
        firstChanged = ends.length;
        return SimpleLongScore.of(gain - durationWeight * last);
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeVariableChanged(Object entity, String variable) {}

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}
}

package dev.fettle.benchmarks.peers;

import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.Arrays;

/** Scores whole candidates on flat arrays, for systems that know no moves. For one search and thread. */
public final class CountedScore {
    private final Course course;
    private final double durationWeight;
    private final double[] durations;

    /** By node and option: weighted cost less weighted quality. */
    private final double[] own;

    private final int width;
    private final int[] parents;
    private final int[] parentStarts;
    private final double[] ends;
    private double best = Double.POSITIVE_INFINITY;
    private long count;

    public CountedScore(ChoiceDag dag, Course course) {
        this.course = course;
        int n = dag.nodes();
        double scale = dag.scale();
        width = dag.options().get(0).size();
        durationWeight = dag.durationWeight() / scale;
        durations = new double[n * width];
        own = new double[n * width];
        parentStarts = new int[n + 1];
        ends = new double[n];
        for (int node = 0; node < n; node++) {
            parentStarts[node + 1] = parentStarts[node] + dag.parents().get(node).length;
            for (int option = 0; option < width; option++) {
                ChoiceDag.Option one = dag.options().get(node).get(option);
                durations[node * width + option] = one.duration();
                own[node * width + option] =
                        (dag.costWeight() * (double) one.cost() - dag.qualityWeight() * (double) one.quality()) / scale;
            }
        }
        parents = dag.parents().stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** The score of one option of each node; counts, and tells the course where it is the best so far. */
    public double of(int[] options) {
        double sum = 0;
        double makespan = 0;
        for (int node = 0; node < ends.length; node++) {
            double start = 0;
            for (int i = parentStarts[node]; i < parentStarts[node + 1]; i++) {
                start = Math.max(start, ends[parents[i]]);
            }
            ends[node] = start + durations[node * width + options[node]];
            makespan = Math.max(makespan, ends[node]);
            sum += own[node * width + options[node]];
        }
        count++;
        double score = sum + durationWeight * makespan;
        if (score < best) {
            best = score;
            course.at(count, score);
        }
        return score;
    }

    public long count() {
        return count;
    }
}

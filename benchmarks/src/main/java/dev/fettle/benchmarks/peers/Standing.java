package dev.fettle.benchmarks.peers;

import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One system over all seeds.
 *
 * @param runs in the order of the seeds
 */
record Standing(String system, List<Run> runs) {
    /**
     * One search.
     *
     * @param best score of the choices, computed from the instance's integers
     * @param seconds that the search took
     * @param lowerBound that it proved, or negative infinity
     */
    record Run(long seed, double best, long evaluations, double seconds, double lowerBound, Course course) {}

    static Run run(Peer peer, ChoiceDag dag, double seconds, long seed) {
        System.gc();
        Course course = new Course();
        Peer.Outcome outcome = peer.search(dag, seconds, seed, course);
        double taken = course.seconds();
        double best = dag.score(outcome.choices());
        course.at(outcome.evaluations(), best);
        return new Run(seed, best, outcome.evaluations(), taken, outcome.lowerBound(), course);
    }

    double medianBest() {
        return median(Run::best);
    }

    /** 0 where the system does not count evaluations. */
    double evaluationsPerSecond() {
        return median(run -> run.seconds() > 0 ? run.evaluations() / run.seconds() : 0);
    }

    double median(ToDoubleFunction<Run> value) {
        return quantile(value, 0.5);
    }

    /** By linear interpolation; infinite where the values around it are. */
    double quantile(ToDoubleFunction<Run> value, double rank) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        double position = rank * (sorted.length - 1);
        double below = sorted[(int) Math.floor(position)];
        double above = sorted[(int) Math.ceil(position)];
        return below == above ? below : below + (position - Math.floor(position)) * (above - below);
    }

    double least() {
        return Arrays.stream(runs.stream().mapToDouble(Run::best).toArray())
                .min()
                .orElseThrow();
    }
}

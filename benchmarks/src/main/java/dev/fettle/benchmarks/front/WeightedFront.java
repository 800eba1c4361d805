package dev.fettle.benchmarks.front;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchResult;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.benchmarks.peers.Course;
import dev.fettle.benchmarks.peers.Peer;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.annealing.SimulatedAnnealing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The front that a sweep of weights finds, each solved by OR-Tools CP-SAT where it is in the build, else by a long annealing.
 *
 * @param proved how many of the weights were solved to a proved optimum
 */
record WeightedFront(String solver, List<double[]> points, int weights, int proved) {
    private static final String EXACT = "CP-SAT";
    private static final long ANNEALING_EVALUATIONS = 300_000;
    /** Scores are integers on a scale of ten million. */
    private static final double RELATIVE_GAP = 1e-6;

    /**
     * @param steps of each weight
     * @param seconds that CP-SAT may take for one
     */
    static WeightedFront of(ChoiceDag dag, int steps, double seconds) {
        Peer exact = exact();
        List<double[]> points = new ArrayList<>();
        List<ChoiceDag> sweep = WeightedSweep.of(dag, steps);
        int proved = 0;
        for (ChoiceDag weighted : sweep) {
            int[] choices;
            if (exact == null) {
                choices = annealed(weighted);
            } else {
                Peer.Outcome outcome = exact.search(weighted, seconds, 1, new Course());
                choices = outcome.choices();
                double score = weighted.score(choices);
                proved += score - outcome.lowerBound() <= RELATIVE_GAP * Math.abs(score) ? 1 : 0;
            }
            points.add(objectives(dag, choices));
        }
        return new WeightedFront(
                exact == null ? "Fettle annealing" : exact.name(), List.copyOf(points), sweep.size(), proved);
    }

    private static @Nullable Peer exact() {
        for (Peer peer : ServiceLoader.load(Peer.class, WeightedFront.class.getClassLoader())) {
            if (peer.name().contains(EXACT)) {
                return peer;
            }
        }
        return null;
    }

    private static int[] annealed(ChoiceDag dag) {
        ChoiceDagProblem problem = new ChoiceDagProblem(dag);
        SimulatedAnnealing annealing = new SimulatedAnnealing();
        SearchResult result = annealing.search(
                problem.problem(),
                new SearchSession(
                        new Budget(ANNEALING_EVALUATIONS, Duration.ofDays(1), 0),
                        1,
                        annealing.defaultSettings(),
                        System::nanoTime));
        return problem.choices(result.best());
    }

    static double[] objectives(ChoiceDag dag, int[] choices) {
        long[] exact = dag.objectives(choices);
        return new double[] {exact[0], exact[1], exact[2]};
    }

    /**
     * The share of this front's hypervolume that other points have; above 1 where they have more. The objectives are scaled
     * to the range of this front, and the reference point lies a tenth of it behind the worst values.
     */
    double share(List<double[]> others) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (double[] point : points) {
            for (int i = 0; i < low.length; i++) {
                low[i] = Math.min(low[i], point[i]);
                high[i] = Math.max(high[i], point[i]);
            }
        }
        double[] reference = {1.1, 1.1, 1.1};
        return Hypervolume.of(scaled(others, low, high), reference)
                / Hypervolume.of(scaled(points, low, high), reference);
    }

    private static List<double[]> scaled(List<double[]> points, double[] low, double[] high) {
        List<double[]> scaled = new ArrayList<>();
        for (double[] point : points) {
            double[] one = new double[point.length];
            for (int i = 0; i < one.length; i++) {
                one[i] = high[i] > low[i] ? (point[i] - low[i]) / (high[i] - low[i]) : 0;
            }
            scaled.add(one);
        }
        return scaled;
    }
}

package dev.fettle.search.ppo;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.Space;
import java.util.stream.IntStream;

/**
 * For each decision the options to choose from, and what is expected of them: given by the problem, or measured by one
 * evaluation each. Options that may not be chosen even alone are left out, which masks them. A number of many values is
 * offered on an even grid.
 */
final class Prospects {
    private static final int GRID = 9;

    final int[] decisions;
    /** For each decision its options; the baseline's first. */
    final int[][] options;
    /** For each decision and option: change of the score by duration, and by everything else, in mean changes. */
    final double[][] duration;

    final double[][] other;
    /** For each decision, in mean changes. */
    final double[] slack;
    /** The sum of what is expected of the best options, in units of the score. */
    final double hope;

    private final double unit;

    Prospects(SearchProblem problem, Space space, CandidateEvaluator evaluator, Meter meter) {
        decisions = space.movable();
        int[] baseline = problem.baseline();
        options = new int[decisions.length][];
        duration = new double[decisions.length][];
        other = new double[decisions.length][];
        slack = new double[decisions.length];
        double sum = 0;
        double best = 0;
        int count = 0;
        double start = evaluator.reset(baseline);
        for (int i = 0; i < decisions.length; i++) {
            int decision = decisions[i];
            int[] grid = grid(space.options(decision), baseline[decision]);
            double[][] effects = new double[grid.length][];
            for (int o = 0; o < grid.length; o++) {
                effects[o] = effects(problem, evaluator, meter, decision, grid[o], grid[0], start);
            }
            int[] allowed = IntStream.range(0, grid.length)
                    .filter(o -> effects[o][1] < CandidateEvaluator.INFEASIBLE / 2)
                    .toArray();
            options[i] = IntStream.of(allowed).map(o -> grid[o]).toArray();
            duration[i] = IntStream.of(allowed).mapToDouble(o -> effects[o][0]).toArray();
            other[i] = IntStream.of(allowed).mapToDouble(o -> effects[o][1]).toArray();
            slack[i] = effects[0][2];
            double lowest = 0;
            for (int o = 0; o < allowed.length; o++) {
                sum += Math.abs(duration[i][o] + other[i][o]);
                lowest = Math.min(lowest, duration[i][o] + other[i][o]);
            }
            count += allowed.length - 1;
            best -= lowest;
        }
        unit = sum > 0 ? sum / Math.max(1, count) : 1;
        hope = best > 0 ? best : unit;
        for (int i = 0; i < decisions.length; i++) {
            slack[i] /= unit;
            for (int o = 0; o < options[i].length; o++) {
                duration[i][o] /= unit;
                other[i][o] /= unit;
            }
        }
    }

    /** In units of the score, the mean change by an option. */
    double unit() {
        return unit;
    }

    private static double[] effects(
            SearchProblem problem,
            CandidateEvaluator evaluator,
            Meter meter,
            int decision,
            int option,
            int baseline,
            double start) {
        double[] known = problem.expectedEffects(decision, option);
        if (known.length == 3) {
            return known;
        }
        // Half of the budget is left for candidates; what could not be measured is expected to change nothing.
        if (option == baseline || meter.evaluations() >= meter.left() || meter.allowance(start) == 0) {
            return new double[3];
        }
        meter.spend(1);
        double change = evaluator.scoreWith(decision, option) - start;
        return new double[] {0, Double.isNaN(change) ? 0 : change, 0};
    }

    private static int[] grid(int options, int baseline) {
        IntStream others = options <= GRID
                ? IntStream.range(0, options)
                : IntStream.range(0, GRID).map(i -> (int) ((long) i * (options - 1) / (GRID - 1)));
        return IntStream.concat(IntStream.of(baseline), others.filter(option -> option != baseline))
                .toArray();
    }
}

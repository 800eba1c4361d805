package dev.fettle.core.estimate;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Relaxation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Prices for the time of each task, from the problem in which decisions may mix their options. To choose lengths of tasks
 * against their cost where only the longest path counts is the time-cost tradeoff of project planning (J. E. Kelley,
 * "Critical-path planning and scheduling: mathematical basis", Operations Research 9, 1961): at the relaxed optimum the price
 * of the run's time flows through the tasks like a current, and each decision takes what is cheapest at the prices of its
 * tasks. Options are told apart by what they cost more at these prices.
 *
 * <p>Prices are found by fictitious play (G. W. Brown, 1951), which also is the method of Frank and Wolfe: in turn each
 * decision mixes in its cheapest option at the prices so far, and the prices mix in the longest path of the lengths so far.
 *
 * <pre>
 * repeat for step = 1, 2/3, 2/4, 2/5 ...
 *     mixture = (1 - step) mixture + step (cheapest option at the prices)
 *     prices  = (1 - step) prices  + step (1 on the longest path of the mixed lengths, 0 elsewhere)
 * </pre>
 */
final class PathPrices {
    /** More does not change much about the prices. */
    private static final int MOST_ITERATIONS = 256;

    /** Iterations for each candidate that is scored, which is an evaluation too. */
    private static final int SCORED = 4;

    private static final double FIRST_PRICE = 0.3;

    private final CompiledSpace space;
    private final RunPaths paths;
    private final List<PricedDecision> decisions;
    private final BoundPrices bounds;

    private PathPrices(CompiledSpace space, RunPaths paths, List<PricedDecision> decisions) {
        this.space = space;
        this.paths = paths;
        this.decisions = decisions;
        this.bounds =
                new BoundPrices(space.score().constraints(), space.estimator().baseline());
    }

    /**
     * Covers the decisions that change nothing but lengths, costs and qualities in the arrangement.
     *
     * @param base whether no structural option is chosen
     */
    static PathPrices of(CompiledSpace space, Arrangement arrangement, boolean base) {
        int[] clusterOf = space.partition().clusterOf();
        Lane[] lanes = new Lane[space.partition().clusters().size()];
        for (int c = 0; c < lanes.length; c++) {
            lanes[c] = new Lane(space, c, arrangement, base);
        }
        RunPaths paths = RunPaths.of(space, arrangement, lanes);
        List<PricedDecision> decisions = new ArrayList<>();
        for (int decision = 0; decision < clusterOf.length; decision++) {
            if (clusterOf[decision] >= 0) {
                PricedDecision.of(space, arrangement, paths, lanes[clusterOf[decision]], decision)
                        .ifPresent(decisions::add);
            }
        }
        return new PathPrices(space, paths, decisions);
    }

    /**
     * As {@link dev.fettle.api.search.SearchProblem#relaxation} says it.
     *
     * @param made evaluations so far
     */
    Optional<Relaxation> relaxation(int[] around, int mostEvaluations, int made) {
        // in long, as a search that only time limits has all there are
        int iterations = (int) Math.min(MOST_ITERATIONS, (long) (mostEvaluations - made) * SCORED / (SCORED + 1));
        if (decisions.isEmpty() || iterations < SCORED) {
            return Optional.empty();
        }
        CandidateEvaluator evaluator = space.newEvaluator();
        int[] best = around.clone();
        int[] candidate = around.clone();
        double bestScore = Double.POSITIVE_INFINITY;
        int evaluations = made;
        Arrays.fill(paths.prices, FIRST_PRICE);
        for (int i = 0; i < iterations; i++) {
            double step = 2.0 / (i + 2);
            double quality = 0;
            double usd = 0;
            for (PricedDecision decision : decisions) {
                candidate[decision.decision] = decision.mix(paths, bounds, step);
                quality += decision.mixedQuality();
                usd += decision.mixedUsd();
            }
            paths.walk(step);
            bounds.mix(step, quality, usd);
            evaluations++;
            if (i % SCORED == SCORED - 1) {
                double score = evaluator.reset(candidate);
                evaluations++;
                if (score < bestScore) {
                    bestScore = score;
                    best = candidate.clone();
                }
            }
        }
        // where bounds leave hardly anything, the prices say little
        return bestScore < CandidateEvaluator.INFEASIBLE
                ? Optional.of(new Relaxation(best, reducedCosts(around.length), evaluations))
                : Optional.empty();
    }

    private double[][] reducedCosts(int count) {
        double[][] costs = new double[count][0];
        for (PricedDecision decision : decisions) {
            costs[decision.decision] = decision.reducedCosts(paths, bounds);
        }
        return costs;
    }
}

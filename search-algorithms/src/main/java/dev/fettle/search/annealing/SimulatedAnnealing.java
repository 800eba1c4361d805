package dev.fettle.search.annealing;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", Science 220, 1983).
 *
 * <pre>
 * T = start temperature, from the rises of the score in sampled moves
 * until the budget is used up:
 *     draw u from (0, 1); threshold = score - T ln u
 *     accept a random neighbour if its score is at most the threshold
 *     lower T, so that it reaches the end temperature as the budget ends
 * </pre>
 *
 * The threshold is that of the Metropolis rule, exp(-rise / T) &gt; u, drawn before the evaluation: the evaluator may
 * then drop a bad move as soon as a bound shows that it is one.
 *
 * <p>Where the budget is long, the temperature falls several times. Adaptive cooling follows the course of acceptance
 * rates that Boyan gives for Lam's schedule ("Learning evaluation functions for global optimization", 1998).
 */
@AutoService(SearchAlgorithm.class)
public final class SimulatedAnnealing implements SearchAlgorithm {
    static final String NAME = "annealing";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AnnealingSettings defaultSettings() {
        return AnnealingSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new Annealer(problem, space, context).run();
    }
}

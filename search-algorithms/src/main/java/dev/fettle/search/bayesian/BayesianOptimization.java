package dev.fettle.search.bayesian;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * Bayesian optimization, for evaluations that are dear (Jones, Schonlau and Welch, "Efficient global optimization of
 * expensive black-box functions", 1998; Frazier, "A tutorial on Bayesian optimization", 2018).
 *
 * <pre>
 * evaluate the baseline and a Latin hypercube of candidates
 * until the budget is used up:
 *     fit a Gaussian process to the scores so far
 *     evaluate the candidate that promises most by EI, UCB or PI
 * </pre>
 */
@AutoService(SearchAlgorithm.class)
public final class BayesianOptimization implements SearchAlgorithm {
    static final String NAME = "bayesian";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BayesianSettings defaultSettings() {
        return BayesianSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new Optimizer(problem, space, context).run();
    }
}

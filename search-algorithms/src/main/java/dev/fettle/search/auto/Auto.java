package dev.fettle.search.auto;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * A portfolio (Rice, "The algorithm selection problem", 1976): the default where nobody says what to use.
 *
 * <pre>
 * few candidates                 look at all of them: the optimum is proved
 * dear evaluations               Bayesian optimization
 * a budget short for the size    hill climbing on a part of it, annealing on the rest: the better result;
 *                                annealing alone where it is too short for two looks at a relaxed problem
 * else                           a race of annealing, the genetic algorithm and hill climbing;
 *                                the winner goes on with the rest of the budget
 * </pre>
 */
@AutoService(SearchAlgorithm.class)
public final class Auto implements SearchAlgorithm {
    static final String NAME = "auto";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AutoSettings defaultSettings() {
        return AutoSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new Portfolio(problem, space, context).run();
    }
}

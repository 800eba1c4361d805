package dev.fettle.search.genetic;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * NSGA-II for the front of all objectives (Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6, 2002).
 *
 * <pre>
 * until the budget is used up:
 *     children by tournament on (rank, crowding), crossover, mutation
 *     sort parents and children into fronts; fill the next generation front by front,
 *     the last one by crowding distance
 * </pre>
 *
 * A feasible candidate dominates an infeasible one, of two infeasible ones that with the smaller violation dominates. All
 * candidates that nothing dominates are kept in an archive, thinned by crowding distance where it is full.
 */
@AutoService(SearchAlgorithm.class)
public final class Nsga2 implements SearchAlgorithm {
    static final String NAME = "nsga2";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Nsga2Settings defaultSettings() {
        return Nsga2Settings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new FrontEvolution(problem, space, context).run();
    }
}

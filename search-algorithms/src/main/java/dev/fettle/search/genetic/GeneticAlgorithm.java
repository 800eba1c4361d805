package dev.fettle.search.genetic;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * A genetic algorithm (Holland, "Adaptation in natural and artificial systems", 1975; Eiben and Smith, "Introduction to
 * evolutionary computing", 2015) with local improvement, which makes it a memetic one (Moscato, "On evolution, search,
 * optimization, genetic algorithms and martial arts", 1989).
 *
 * <pre>
 * population = the baseline and mutants of it, each improved
 * until the budget is used up:
 *     parents by tournament
 *     child = uniform or segment crossover, then mutation
 *     improve the child where its parents disagree or it mutated: there is where crossover left open ends
 *     the best of parents and children (elitism), without duplicates, are the next generation
 * </pre>
 */
@AutoService(SearchAlgorithm.class)
public final class GeneticAlgorithm implements SearchAlgorithm {
    static final String NAME = "genetic";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GeneticSettings defaultSettings() {
        return GeneticSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new Evolution(problem, space, context).run();
    }
}

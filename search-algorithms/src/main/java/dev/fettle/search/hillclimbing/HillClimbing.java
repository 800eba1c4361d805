package dev.fettle.search.hillclimbing;

import com.google.auto.service.AutoService;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;

/**
 * Steepest hill climbing with restarts, which makes it an iterated local search (Lourenço, Martin and Stützle, "Iterated
 * local search", 2003).
 *
 * <pre>
 * climb from the baseline
 * until the budget is used up, or {@code patience} climbs in a row found nothing better:
 *     change a few decisions of the best local optimum at random (or, now and then, start anywhere)
 *     climb
 *     keep the new local optimum if it is at least as good
 * </pre>
 */
@AutoService(SearchAlgorithm.class)
public final class HillClimbing implements SearchAlgorithm {
    static final String NAME = "hill-climbing";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HillClimbingSettings defaultSettings() {
        return HillClimbingSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        return new Climber(problem, space, context).run();
    }
}

package dev.fettle.search.auto;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.annealing.SimulatedAnnealing;
import dev.fettle.search.bayesian.BayesianOptimization;
import dev.fettle.search.genetic.GeneticAlgorithm;
import dev.fettle.search.hillclimbing.HillClimbing;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of {@link Auto}. */
final class Portfolio {
    /** The part of a short budget that hill climbing gets, which finds good candidates soon. */
    private static final double CLIMBING = 0.3;

    /** The same where a relaxation does not know all decisions, and so leads annealing astray about the others. */
    private static final double CLIMBING_PARTLY_RELAXED = 0.8;

    /** Evaluations for the relaxed problem, below which what it tells is not yet what it could tell. */
    private static final int LITTLE_RELAXED = 40;

    private final SearchProblem problem;
    private final Space space;
    private final SearchContext context;
    private final AutoSettings settings;
    private long evaluations;
    private double best = Double.POSITIVE_INFINITY;

    Portfolio(SearchProblem problem, Space space, SearchContext context) {
        this.problem = problem;
        this.space = space;
        this.context = context;
        settings = context.settings(AutoSettings.class);
    }

    SearchResult run() {
        long budget = context.budget().maxEvaluations();
        double candidates = 1;
        long neighbours = 0;
        for (int decision : space.movable()) {
            candidates *= space.options(decision);
            neighbours += Math.min(16, space.options(decision)) - 1;
        }
        @Nullable String state = context.resumeFrom().orElse(null);
        if (candidates <= Math.min(settings.enumerate(), budget) && (state == null || state.contains("\"auto\""))) {
            return Enumeration.run(problem, space, context);
        }
        if (state != null) {
            SearchAlgorithm before = algorithmOf(state);
            return explained(last(before, state), "Goes on with " + before.name() + ". ");
        }
        if (problem.expensive()) {
            return explained(
                    last(new BayesianOptimization(), null), "Bayesian optimization, as each evaluation is dear. ");
        }
        if (budget < neighbours * settings.raceFrom()) {
            return both(budget, (double) budget / neighbours, neighbours);
        }
        return race(budget, neighbours);
    }

    /** What is left of a small part of the budget by a climb that converges early is annealing's too. */
    private SearchResult both(long budget, double looks, long neighbours) {
        if (budget * CLIMBING < 1) {
            return explained(last(new SimulatedAnnealing(), null), "Annealing, as the budget is tiny. ");
        }
        InTurn once = new InTurn(problem);
        int affordable = (int) (budget * CLIMBING / Incumbent.RELAXING);
        int most = affordable < LITTLE_RELAXED ? (int) (budget / Incumbent.RELAXING) : affordable;
        boolean partly = once.isPartlyRelaxed(most);
        if (most > affordable && once.isRelaxed(most) && !partly) {
            return explained(
                    staged(new SimulatedAnnealing(), once, budget, 1, null),
                    "Annealing, as the budget is too small for two searches that begin with the relaxed problem. ");
        }
        double climbing = partly ? CLIMBING_PARTLY_RELAXED : CLIMBING;
        SearchResult climbed = staged(new HillClimbing(), once, (long) (budget * climbing), climbing, null);
        SearchResult annealed = staged(new SimulatedAnnealing(), once, budget - evaluations, 1, null);
        SearchResult found = better(climbed, annealed);
        return explained(
                found,
                "Hill climbing (" + shown(climbed.score()) + ") and annealing (" + shown(annealed.score())
                        + "), without a race: the budget allows only " + shown(looks) + " looks at each of "
                        + neighbours
                        + " neighbours. ");
    }

    /** Annealing enters first, as it is the one to go on with where time turns out to be too short for a race. */
    private SearchResult race(long budget, long neighbours) {
        long share = (long) (budget * settings.race());
        SearchAlgorithm winner = new SimulatedAnnealing();
        SearchResult found = staged(winner, share, settings.race(), null);
        if (!context.mayContinue(evaluations, best)) {
            return explained(found, "Annealing, and nothing after it. ");
        }
        double looks = (double) found.evaluations() / neighbours;
        if (found.evaluations() < share && looks < settings.raceFrom() * settings.race()) {
            return explained(
                    better(found, last(winner, found.state())),
                    "Annealing, without a race: in its share of the time there were only " + shown(looks)
                            + " looks at each of " + neighbours + " neighbours. ");
        }
        List<String> standings = new ArrayList<>(List.of(winner.name() + " " + shown(found.score())));
        for (SearchAlgorithm entrant : List.of(new GeneticAlgorithm(), new HillClimbing())) {
            // an entrant that needs more than its share of the time could not use its share of the evaluations either
            double until = Math.min(1, (standings.size() + 1) * settings.race());
            SearchResult result = staged(entrant, share, until, null);
            standings.add(entrant.name() + " " + shown(result.score()));
            if (result.score() < found.score()) {
                found = result;
                winner = entrant;
            }
        }
        String why = capitalized(winner.name()) + ", which won a short race (" + String.join(", ", standings) + "). ";
        if (context.mayContinue(evaluations, best)) {
            found = better(found, last(winner, found.state()));
        }
        // Hill climbing ends where it has converged; what is left of the budget is still good for something.
        if (context.budget().maxEvaluations() - evaluations > 0 && context.mayContinue(evaluations, best)) {
            SearchResult annealed = last(new SimulatedAnnealing(), null);
            why += found.end() + " Then annealing with the rest. ";
            found = better(found, annealed);
        }
        return explained(found, why);
    }

    private static SearchResult better(SearchResult one, SearchResult other) {
        return other.score() <= one.score() ? other : one;
    }

    /** Runs an algorithm on all that is left of the budget. */
    private SearchResult last(SearchAlgorithm algorithm, @Nullable String state) {
        return staged(algorithm, context.budget().maxEvaluations() - evaluations, 1, state);
    }

    private SearchResult staged(SearchAlgorithm algorithm, long share, double until, @Nullable String state) {
        return staged(algorithm, problem, share, until, state);
    }

    private SearchResult staged(
            SearchAlgorithm algorithm, SearchProblem searched, long share, double until, @Nullable String state) {
        SearchResult result = algorithm.search(
                searched, new Stage(context, algorithm.defaultSettings(), evaluations, share, best, until, state));
        evaluations += result.evaluations();
        best = Math.min(best, result.score());
        return result;
    }

    private SearchResult explained(SearchResult result, String why) {
        return new SearchResult(
                result.best(), result.score(), evaluations, result.front(), why + result.end(), result.state());
    }

    private static SearchAlgorithm algorithmOf(String state) {
        for (SearchAlgorithm algorithm : List.of(
                new SimulatedAnnealing(), new GeneticAlgorithm(), new HillClimbing(), new BayesianOptimization())) {
            if (state.contains("{\"algorithm\":\"" + algorithm.name() + "\"")) {
                return algorithm;
            }
        }
        throw new FettleException(
                ErrorCode.BAD_INPUT,
                "The saved search state is not one that \"auto\" wrote for this problem; start without it, or give the"
                        + " state of the same search.");
    }

    /** Six digits; a formatter would load more classes than the search itself. */
    private static String shown(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(new MathContext(6)).toString()
                : Double.toString(value);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}

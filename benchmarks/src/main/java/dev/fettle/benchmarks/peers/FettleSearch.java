package dev.fettle.benchmarks.peers;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchResult;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.core.plan.SearchSession;
import java.time.Duration;

/** An algorithm of Fettle through the public search interface, with its default settings. */
final class FettleSearch implements Peer {
    private final SearchAlgorithm algorithm;

    FettleSearch(SearchAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public String name() {
        return "Fettle " + algorithm.name();
    }

    @Override
    public Outcome search(ChoiceDag dag, double seconds, long seed, Course course) {
        ChoiceDagProblem problem = new ChoiceDagProblem(dag);
        Budget budget = new Budget(Long.MAX_VALUE, Duration.ofNanos((long) (seconds * 1e9)), 0);
        course.start();
        SearchSession session =
                new SearchSession(budget, seed, algorithm.defaultSettings(), System::nanoTime).reporting(course::at);
        SearchResult result = algorithm.search(problem.problem(), session);
        return new Outcome(problem.choices(result.best()), result.evaluations());
    }
}

package dev.fettle.benchmarks.policy;

import dev.fettle.api.search.SearchProblem;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import java.util.SplittableRandom;

/** Search problems of generated workflows, of both kinds in turn: blocks with one run, and chains with some. */
final class GeneratedProblems {
    private final long seed;
    private final int fewest;
    private final int most;

    /**
     * @param fewest nodes
     * @param most nodes
     */
    GeneratedProblems(long seed, int fewest, int most) {
        this.seed = seed;
        this.fewest = fewest;
        this.most = most;
    }

    /** The same problem for the same number. */
    SearchProblem problem(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int nodes = random.nextInt(fewest, most + 1);
        return number % 2 == 0
                ? new ChoiceDagProblem(GeneratedDag.of(random.nextLong(), nodes, random.nextInt(3, 6))).problem()
                : new GeneratedWorkflow(random.nextLong(), nodes, random.nextInt(1, 5)).problem();
    }
}

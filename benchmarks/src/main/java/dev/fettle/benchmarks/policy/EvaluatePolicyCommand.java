package dev.fettle.benchmarks.policy;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.hillclimbing.HillClimbing;
import dev.fettle.search.ppo.Ppo;
import dev.fettle.search.ppo.PpoSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much of what hill climbing gains with many evaluations a policy gains with few. */
@Command(
        name = "policy",
        description = "Compares a policy with hill climbing on generated workflows that it was not trained on; prints "
                + "{\"workflows\",\"share\",\"median\",\"least\"}: of the gains summed up, and of single workflows.",
        mixinStandardHelpOptions = true)
public final class EvaluatePolicyCommand implements Callable<Integer> {
    /** Far from all seeds that a training uses. */
    private static final long UNSEEN = 900_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "FILE", defaultValue = "", description = "Default: the one shipped.")
    private String policy = "";

    @Option(names = "--workflows", defaultValue = "40", description = "How many; default ${DEFAULT-VALUE}.")
    private int workflows;

    @Option(names = "--nodes", defaultValue = "40..120", description = "Sizes; default ${DEFAULT-VALUE}.")
    private String nodes = "40..120";

    @Option(names = "--evaluations", defaultValue = "10", description = "Of the policy; default ${DEFAULT-VALUE}.")
    private long evaluations;

    @Option(names = "--climbing", defaultValue = "2000", description = "Of hill climbing; default ${DEFAULT-VALUE}.")
    private long climbing;

    @Option(names = "--seed", defaultValue = "0", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        if (workflows < 1 || evaluations < 1 || climbing < 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the counts (" + workflows + " workflows, " + evaluations + " and " + climbing
                            + " evaluations) are not usable; expected at least 1");
        }
        GeneratedProblems problems = NodeRange.parse(nodes).problems(UNSEEN + seed);
        double[] shares = new double[workflows];
        double gained = 0;
        double possible = 0;
        for (int i = 0; i < workflows; i++) {
            SearchProblem problem = problems.problem(i);
            double baseline = problem.newEvaluator().score();
            double climbed =
                    baseline - best(new HillClimbing(), new HillClimbing().defaultSettings(), problem, i, climbing);
            double proposed =
                    baseline - best(new Ppo(), PpoSettings.defaults().withPolicy(policy), problem, i, evaluations);
            shares[i] = climbed > 0 ? proposed / climbed : 1;
            gained += proposed;
            possible += climbed;
        }
        Arrays.sort(shares);
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "{\"workflows\":%d,\"share\":%.4f,\"median\":%.4f,\"least\":%.4f}",
                workflows,
                gained / possible,
                shares[workflows / 2],
                shares[0]));
        out.flush();
        return 0;
    }

    private double best(SearchAlgorithm algorithm, Record settings, SearchProblem problem, long number, long budget) {
        return algorithm
                .search(
                        problem,
                        new SearchSession(
                                new Budget(budget, Duration.ofDays(1), 0), seed + number, settings, System::nanoTime))
                .score();
    }
}

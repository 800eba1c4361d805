package dev.fettle.benchmarks.front;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchResult;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.genetic.Nsga2;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How much of the front that weighted searches find is dominated by the front of NSGA-II. */
@Command(
        name = "front",
        description = {
            "Searches the front of duration, cost and quality of an instance of choice-dag with NSGA-II, and compares its "
                    + "hypervolume with that of a sweep of weights.",
            "The sweep is solved by OR-Tools CP-SAT in a build with the profile peers (mvn -Ppeers package), else by "
                    + "annealing. Prints a line of JSON for each seed."
        },
        mixinStandardHelpOptions = true)
public final class FrontCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The instance.")
    private Path file = Path.of("");

    @Option(names = "--evaluations", defaultValue = "200000", description = "Of NSGA-II; default ${DEFAULT-VALUE}.")
    private long evaluations;

    @Option(names = "--seed", defaultValue = "0", description = "The first; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--seeds", defaultValue = "1", description = "How many; default ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--steps",
            defaultValue = "10",
            description = "Of each weight: 10 makes 66 weights, 20 makes 231; default ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--seconds", defaultValue = "30", description = "For one weight; default ${DEFAULT-VALUE}.")
    private double seconds;

    @Override
    public Integer call() {
        if (evaluations < 1 || seeds < 1 || steps < 1 || steps > 100 || !(seconds > 0)) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the limits (" + evaluations + " evaluations, " + seeds + " seeds, " + steps + " steps, " + seconds
                            + " seconds) are not usable; expected at least 1 of each, and at most 100 steps");
        }
        ChoiceDag dag = ChoiceDag.read(file);
        WeightedFront reference = WeightedFront.of(dag, steps, seconds);
        PrintWriter out = spec.commandLine().getOut();
        for (long own = seed; own < seed + seeds; own++) {
            List<double[]> found = search(dag, own);
            out.println(String.format(
                    Locale.ROOT,
                    "{\"seed\":%d,\"hypervolumeShare\":%.5f,\"points\":%d,\"evaluations\":%d,\"reference\":\"%s\","
                            + "\"weights\":%d,\"proved\":%d}",
                    own,
                    reference.share(found),
                    found.size(),
                    evaluations,
                    reference.solver(),
                    reference.weights(),
                    reference.proved()));
            out.flush();
        }
        return 0;
    }

    private List<double[]> search(ChoiceDag dag, long own) {
        Nsga2 nsga2 = new Nsga2();
        ChoiceDagProblem problem = new ChoiceDagProblem(dag);
        SearchResult result = nsga2.search(
                problem.problem(),
                new SearchSession(
                        new Budget(evaluations, Duration.ofDays(1), 0),
                        own,
                        nsga2.defaultSettings(),
                        System::nanoTime));
        List<double[]> points = new ArrayList<>();
        for (SearchResult.FrontPoint point : result.front()) {
            points.add(WeightedFront.objectives(dag, problem.choices(point.candidate())));
        }
        return points;
    }
}

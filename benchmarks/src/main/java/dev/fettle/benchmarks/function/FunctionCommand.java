package dev.fettle.benchmarks.function;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.bayesian.BayesianOptimization;
import dev.fettle.search.bayesian.BayesianSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches a function's minimum and prints what was found and by how much it misses. */
@Command(
        name = "function",
        description = "Searches the minimum of a function with known optimum; prints {\"best\",\"regret\"}.",
        mixinStandardHelpOptions = true)
public final class FunctionCommand implements Callable<Integer> {
    /** Algorithms for expensive functions. */
    enum Algorithm {
        BAYESIAN
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FUNCTION", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private TestFunction function;

    @Option(names = "--algorithm", defaultValue = "BAYESIAN", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Algorithm algorithm;

    @Option(names = "--acquisition", defaultValue = "EI", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BayesianSettings.Acquisition acquisition;

    @Option(names = "--evaluations", defaultValue = "50", description = "how many; default ${DEFAULT-VALUE}")
    private long evaluations;

    @Option(names = "--seed", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() {
        if (evaluations < 1) {
            throw new FettleException(
                    ErrorCode.USAGE, "--evaluations (" + evaluations + ") is not usable; expected a number from 1");
        }
        SearchResult result =
                switch (algorithm) {
                    case BAYESIAN ->
                        new BayesianOptimization()
                                .search(
                                        new FunctionProblem(function),
                                        new CountedContext(
                                                BayesianSettings.defaults().with(acquisition), seed, evaluations));
                };
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "{\"best\":%s,\"regret\":%s}",
                result.score(),
                Math.max(0, result.score() - function.minimum())));
        out.flush();
        return 0;
    }
}

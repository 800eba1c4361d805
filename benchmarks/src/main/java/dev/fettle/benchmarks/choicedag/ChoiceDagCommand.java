package dev.fettle.benchmarks.choicedag;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchResult;
import dev.fettle.core.plan.SearchSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches one instance with one algorithm and prints one line of JSON. */
@Command(
        name = "choice-dag",
        description = "Searches an instance of choice-dag through the search SPI and the evaluator of the optimizer.",
        mixinStandardHelpOptions = true)
public final class ChoiceDagCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The instance.")
    private Path file = Path.of("");

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "annealing",
            completionCandidates = AlgorithmNames.class,
            description = "A search algorithm: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String algorithm = "annealing";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all random choices.")
    private long seed = 1;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Goes on from the state in this file, if it is there, and writes the new one into it.")
    private @Nullable Path state;

    @ArgGroup(multiplicity = "1")
    private Limit limit = new Limit();

    /** Exactly one of the two. */
    static final class Limit {
        @Option(names = "--evaluations", paramLabel = "N", description = "Ends after this many evaluations.")
        private @Nullable Long evaluations;

        @Option(names = "--seconds", paramLabel = "S", description = "Ends after this many seconds.")
        private @Nullable Double seconds;
    }

    @Override
    public Integer call() throws Exception {
        SearchAlgorithm searching = algorithm(algorithm);
        ChoiceDag dag = ChoiceDag.read(file);
        ChoiceDagProblem problem = new ChoiceDagProblem(dag);
        SearchSession session = new SearchSession(budget(), seed, searching.defaultSettings(), System::nanoTime);
        Path kept = state;
        if (kept != null) {
            saved(kept).ifPresent(session::resuming);
        }
        long start = System.nanoTime();
        SearchResult result = searching.search(problem.problem(), session);
        double elapsed = (System.nanoTime() - start) / 1e9;
        if (kept != null) {
            Files.writeString(kept, result.state());
        }
        int[] choices = problem.choices(result.best());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("best", dag.score(choices));
        line.put("evaluations", result.evaluations());
        line.put("evaluationsPerSecond", Math.round(result.evaluations() / elapsed));
        line.put("choices", choices);
        commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
        return 0;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("the command was not started by its command line");
        }
        return spec.commandLine();
    }

    /** What is in the file of the state, if it is there; told before the search, which would be in vain. */
    private static Optional<String> saved(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the state (" + file + ") cannot be a file; expected one in a folder that is there");
        }
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the state (" + file + ") cannot be read: expected the text that an earlier search wrote there",
                    e);
        }
    }

    private Budget budget() {
        Long evaluations = limit.evaluations;
        if (evaluations != null) {
            require(evaluations >= 1, "--evaluations (" + evaluations + ") is not usable; expected a number from 1");
            return new Budget(evaluations, LONGEST, 0);
        }
        double seconds = limit.seconds == null ? 0 : limit.seconds;
        require(
                seconds > 0 && seconds <= LONGEST.toSeconds(),
                "--seconds (" + seconds + ") is not usable; expected a number above 0, and up to "
                        + LONGEST.toSeconds());
        return new Budget(Long.MAX_VALUE, Duration.ofNanos((long) Math.ceil(seconds * 1e9)), 0);
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new CommandLine.ParameterException(commandLine(), problem);
        }
    }

    private static SearchAlgorithm algorithm(String name) {
        SortedMap<String, SearchAlgorithm> algorithms = algorithms();
        SearchAlgorithm algorithm = algorithms.get(name);
        if (algorithm == null) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "there is no search algorithm (" + name + ")"
                            + NearestName.hint(name, List.copyOf(algorithms.keySet())));
        }
        return algorithm;
    }

    private static SortedMap<String, SearchAlgorithm> algorithms() {
        SortedMap<String, SearchAlgorithm> algorithms = new TreeMap<>();
        ServiceLoader.load(SearchAlgorithm.class, ChoiceDagCommand.class.getClassLoader())
                .forEach(algorithm -> {
                    SearchAlgorithm other = algorithms.put(algorithm.name(), algorithm);
                    if (other != null) {
                        throw new FettleException(
                                ErrorCode.PLUGIN,
                                "two search algorithms are named '" + algorithm.name() + "': "
                                        + other.getClass().getName() + " and "
                                        + algorithm.getClass().getName() + "; remove one from the class path");
                    }
                });
        return algorithms;
    }

    /** The names of the installed algorithms, sorted. */
    static final class AlgorithmNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return algorithms().keySet().iterator();
        }
    }
}

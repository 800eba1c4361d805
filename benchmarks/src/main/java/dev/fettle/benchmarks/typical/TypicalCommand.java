package dev.fettle.benchmarks.typical;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.plan.Planner;
import dev.fettle.core.plan.RankedSuggestion;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.auto.Auto;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the search part of an optimization: compiling, searching, the estimates of the plan and its alternatives, ranking the suggestions. */
@Command(
        name = "typical",
        description = "Searches a plan for a generated workflow of the usual size, and says what it took.",
        mixinStandardHelpOptions = true)
public final class TypicalCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "30 by default.")
    private int nodes = 30;

    @Option(names = "--suggestions", paramLabel = "N", description = "200 by default.")
    private int count = 200;

    @Option(names = "--traces", paramLabel = "N", description = "64 by default.")
    private int traces = 64;

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "At most; 20000 by default, as in a configuration.")
    private long evaluations = 20_000;

    @Option(names = "--seed", paramLabel = "N", description = "1 by default.")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        if (nodes < 2 || count < 1 || traces < 1 || evaluations < 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the sizes (" + nodes + " nodes, " + count + " suggestions, " + traces + " traces, " + evaluations
                            + " evaluations) are not usable; expected at least 2 nodes and 1 of all else");
        }
        TypicalWorkflow typical = TypicalWorkflow.of(seed, nodes, traces);
        List<Suggestion> suggestions = TypicalSuggestions.of(typical, count, seed);
        SearchAlgorithm algorithm = new Auto();
        long start = System.nanoTime();
        ReplayEstimator estimator =
                new ReplayEstimator(typical.workflow(), typical.traces(), new FreeModels(), ReplaySettings.of(2));
        Planner planner = new Planner(estimator, suggestions, Objective.BALANCED, Constraints.DEFAULT);
        long compiled = System.nanoTime();
        SearchSession session = new SearchSession(
                new Budget(evaluations, Duration.ofSeconds(20), 0),
                seed,
                algorithm.defaultSettings(),
                System::nanoTime);
        List<Plan> plans = planner.plans(algorithm, session);
        Plan plan = plans.get(0);
        long searched = System.nanoTime();
        List<RankedSuggestion> ranked = planner.rank();
        long end = System.nanoTime();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seconds", (end - start) / 1e9);
        line.put("compileSeconds", (compiled - start) / 1e9);
        line.put("searchSeconds", (searched - compiled) / 1e9);
        line.put("rankSeconds", (end - searched) / 1e9);
        line.put("evaluations", plan.evaluations());
        line.put("score", plan.score());
        line.put("baseline", plan.baselineScore());
        line.put("suggestions", plan.suggestions().size());
        line.put("alternatives", plans.size() - 1);
        line.put("ranked", ranked.size());
        line.put("peakHeapMegabytes", peakHeapBytes() / 1e6);
        line.put("algorithm", plan.algorithm());
        Objects.requireNonNull(spec).commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
        return 0;
    }

    /** Greatest sum of the pools, garbage included; a bound is set with -Xmx. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
    }
}

package dev.fettle.benchmarks.policy;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.ppo.Ppo;
import dev.fettle.search.ppo.PpoSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Searches by a policy: one step is a modification of the whole candidate, ten of them an episode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PpoBenchmark {
    private static final int OPTIONS = 5;

    @Param("50")
    public int nodes = 50;

    /** 1 is a single step; 200 are 20 episodes with an update of the policy after each 8 that explore. */
    @Param({"1", "10", "200"})
    public int steps = 10;

    private SearchProblem problem = new ChoiceDagProblem(GeneratedDag.of(1, 2, 2)).problem();

    @Setup
    public void generate() {
        problem = new ChoiceDagProblem(GeneratedDag.of(1, nodes, OPTIONS)).problem();
    }

    @Benchmark
    public SearchResult search() {
        return new Ppo()
                .search(
                        problem,
                        new SearchSession(
                                new Budget(steps, Duration.ofDays(1), 0), 1, PpoSettings.defaults(), System::nanoTime));
    }

    double baseline() {
        return problem.newEvaluator().score();
    }
}

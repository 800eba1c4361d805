package dev.fettle.benchmarks.search;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import java.util.SplittableRandom;
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

/** The compiled evaluator on a generated instance: a whole candidate, a single change judged, and one made. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvaluatorBenchmark {
    private static final int OPTIONS = 5;
    private static final int MOVES = 1 << 12;

    /** Nodes of the instance. */
    @Param({"100", "500"})
    public int nodes = 100;

    private final int[] decisions = new int[MOVES];
    private final int[] options = new int[MOVES];
    private CandidateEvaluator evaluator = problem(1).newEvaluator();
    private int[] candidate = new int[0];
    private int next;

    private static SearchProblem problem(int nodes) {
        return new ChoiceDagProblem(GeneratedDag.of(1, nodes, OPTIONS)).problem();
    }

    @Setup
    public void generate() {
        SearchProblem problem = problem(nodes);
        evaluator = problem.newEvaluator();
        SplittableRandom random = new SplittableRandom(1);
        candidate = random.ints(nodes, 0, OPTIONS).toArray();
        evaluator.reset(candidate);
        for (int i = 0; i < MOVES; i++) {
            decisions[i] = random.nextInt(nodes);
            options[i] = random.nextInt(OPTIONS);
        }
    }

    private int move() {
        next = (next + 1) & (MOVES - 1);
        return next;
    }

    /** A whole candidate. */
    @Benchmark
    public double full() {
        int move = move();
        candidate[decisions[move]] = options[move];
        return evaluator.reset(candidate);
    }

    /** A single change, judged exactly and not made. */
    @Benchmark
    public double incremental() {
        int move = move();
        return evaluator.scoreWith(decisions[move], options[move]);
    }

    /** A single change that most often is known to be too bad before it is judged exactly. */
    @Benchmark
    public double incrementalWithThreshold() {
        int move = move();
        return evaluator.scoreWith(decisions[move], options[move], evaluator.score());
    }

    /** A single change, made. */
    @Benchmark
    public double apply() {
        int move = move();
        return evaluator.apply(decisions[move], options[move]);
    }
}

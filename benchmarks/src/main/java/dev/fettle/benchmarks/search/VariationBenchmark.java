package dev.fettle.benchmarks.search;

import dev.fettle.api.search.SearchProblem;
import dev.fettle.benchmarks.choicedag.ChoiceDagProblem;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import dev.fettle.search.annealing.Moves;
import dev.fettle.search.annealing.ShuffledMoves;
import dev.fettle.search.annealing.Sweep;
import dev.fettle.search.genetic.Variation;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
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

/** How new candidates come about: the neighbours that annealing draws, and the children of the genetic algorithm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VariationBenchmark {
    private static final int OPTIONS = 5;

    /** Nodes of the instance. */
    @Param({"100", "500"})
    public int nodes = 100;

    private int[] current = new int[0];
    private int[] child = new int[0];
    private int[] other = new int[0];
    private Moves shuffled = new ShuffledMoves(space(2), new SplitMix(1));
    private Moves swept = new Sweep(space(2), new SplitMix(1));
    private Variation variation = new Variation(space(2), new SplitMix(1));

    private static Space space(int nodes) {
        SearchProblem problem = new ChoiceDagProblem(GeneratedDag.of(1, nodes, OPTIONS)).problem();
        return new Space(problem);
    }

    @Setup
    public void generate() {
        Space space = space(nodes);
        SplittableRandom random = new SplittableRandom(1);
        current = random.ints(nodes, 0, OPTIONS).toArray();
        child = random.ints(nodes, 0, OPTIONS).toArray();
        other = random.ints(nodes, 0, OPTIONS).toArray();
        shuffled = new ShuffledMoves(space, new SplitMix(1));
        swept = new Sweep(space, new SplitMix(1));
        variation = new Variation(space, new SplitMix(1));
    }

    private int drawn(Moves moves) {
        moves.draw(current);
        int option = moves.option(current);
        current[moves.decision()] = option;
        return option;
    }

    /** A neighbour in shuffled order, to which the walk moves. */
    @Benchmark
    public int shuffledNeighbour() {
        return drawn(shuffled);
    }

    /** A neighbour in the order of the decisions, to which the walk moves. */
    @Benchmark
    public int sweptNeighbour() {
        return drawn(swept);
    }

    /** Uniform crossover of two parents; the child is the next parent. */
    @Benchmark
    public int[] uniformCrossover() {
        variation.uniform(child, other);
        return child;
    }

    /** Crossover of a part of the workflow's graph. */
    @Benchmark
    public int[] segmentCrossover() {
        variation.segment(child, other);
        return child;
    }

    /** Mutation of one decision on average. */
    @Benchmark
    public int[] mutation() {
        variation.mutate(child, 1);
        return child;
    }

    int[] current() {
        return current.clone();
    }

    int[] other() {
        return other.clone();
    }

    int[] child() {
        return child.clone();
    }
}

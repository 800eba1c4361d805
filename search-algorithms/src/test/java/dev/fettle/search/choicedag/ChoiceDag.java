package dev.fettle.search.choicedag;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.search.run.SplitMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.IntStream;

/**
 * Nodes in topological order, each choosing one of some options with a duration, a cost and a quality; the score is a
 * weighted sum of the makespan, the costs and the (negated) qualities.
 */
public final class ChoiceDag implements SearchProblem {
    final int nodes;
    final int options;
    final int[][] parents;
    final int[][] children;
    final double[] duration;
    final double[] cost;
    final double[] quality;

    /** The part of the score that an option adds by itself: weighted cost less weighted quality. */
    final double[] own;

    final double makespanWeight;

    private ChoiceDag(int options, int[][] parents, double[][] rows, double[] weights) {
        nodes = parents.length;
        this.options = options;
        this.parents = parents;
        children = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            int parent = node;
            children[node] = IntStream.range(node + 1, nodes)
                    .filter(child -> IntStream.of(parents[child]).anyMatch(p -> p == parent))
                    .toArray();
        }
        duration = rows[0];
        cost = rows[1];
        quality = rows[2];
        makespanWeight = weights[0];
        own = IntStream.range(0, nodes * options)
                .mapToDouble(i -> weights[1] * cost[i] - weights[2] * quality[i])
                .toArray();
    }

    /** Reads {@code n k A B C S}, a line of parents for each node, a line for each option. */
    public static ChoiceDag read(Path file) throws IOException {
        try (Scanner in = new Scanner(Files.readString(file))) {
            int n = in.nextInt();
            int k = in.nextInt();
            double[] weights = {in.nextDouble(), in.nextDouble(), in.nextDouble()};
            double scale = in.nextDouble();
            int[][] parents = new int[n][];
            for (int node = 0; node < n; node++) {
                parents[node] = new int[in.nextInt()];
                for (int i = 0; i < parents[node].length; i++) {
                    parents[node][i] = in.nextInt();
                }
            }
            double[][] rows = new double[3][n * k];
            for (int i = 0; i < n * k; i++) {
                for (double[] row : rows) {
                    row[i] = in.nextDouble();
                }
            }
            for (int i = 0; i < 3; i++) {
                weights[i] /= scale;
            }
            return new ChoiceDag(k, parents, rows, weights);
        }
    }

    /** A random graph in which faster options cost more, scaled so that the baseline is around 0.6. */
    public static ChoiceDag generate(long seed, int nodes, int options) {
        SplitMix random = new SplitMix(seed);
        int[][] parents = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            int at = node;
            parents[node] = IntStream.generate(() -> at - 1 - random.below(Math.max(1, Math.min(at, 9))))
                    .limit(node == 0 ? 0 : 1 + random.below(3))
                    .distinct()
                    .toArray();
        }
        double[][] rows = new double[3][nodes * options];
        for (int i = 0; i < nodes * options; i++) {
            double speed = 0.6 * random.gaussian();
            double price = random.gaussian();
            rows[0][i] = Math.exp(-speed);
            rows[1][i] = Math.exp(0.7 * speed + 0.35 * price);
            rows[2][i] = 0.4 + 0.6 * random.uniform();
        }
        ChoiceDag plain = new ChoiceDag(options, parents, rows, new double[] {1, 0, 0});
        double costs =
                IntStream.range(0, nodes).mapToDouble(n -> rows[1][n * options]).sum();
        double[] weights = {0.4 / plain.newEvaluator().score(), 0.4 / costs, 0.2 / nodes};
        return new ChoiceDag(options, parents, rows, weights);
    }

    @Override
    public List<Decision> decisions() {
        return IntStream.range(0, nodes)
                .mapToObj(node -> Decision.choice("node-" + node, options))
                .toList();
    }

    @Override
    public int[] baseline() {
        return new int[nodes];
    }

    @Override
    public CandidateEvaluator newEvaluator() {
        return new DagEvaluator(this);
    }

    @Override
    public double[] expectedEffects(int node, int option) {
        int row = node * options;
        return new double[] {
            makespanWeight * (duration[row + option] - duration[row]),
            own[row + option] - own[row],
            makespanWeight * new DagEvaluator(this).slack(node)
        };
    }
}

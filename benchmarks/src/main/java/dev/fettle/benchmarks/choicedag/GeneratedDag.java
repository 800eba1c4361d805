package dev.fettle.benchmarks.choicedag;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Instances in which each node waits for one to three of the ten nodes before it and its faster options cost more. With the
 * first options, duration and cost weigh the same, and quality half as much.
 */
public final class GeneratedDag {
    private static final long SCALE = 1_000_000_000_000L;
    private static final double FASTEST = 0.43;
    private static final double SLOWEST = 1.7;

    private GeneratedDag() {}

    /** The same instance for the same arguments. */
    public static ChoiceDag of(long seed, int nodes, int options) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> parents = new ArrayList<>();
        List<List<ChoiceDag.Option>> rows = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            TreeSet<Integer> before = new TreeSet<>();
            for (int i = random.nextInt(1, 4); i > 0 && node > 0; i--) {
                before.add(node - 1 - random.nextInt(Math.min(node, 10)));
            }
            parents.add(before.stream().mapToInt(Integer::intValue).toArray());
            double duration = random.nextDouble(100, 1000);
            double cost = random.nextDouble(100, 1000);
            List<ChoiceDag.Option> own = new ArrayList<>();
            for (int option = 0; option < options; option++) {
                double slowness = random.nextDouble(FASTEST, SLOWEST);
                double price = FASTEST + SLOWEST - slowness + 0.15 * random.nextGaussian();
                own.add(new ChoiceDag.Option(
                        Math.round(duration * slowness),
                        Math.round(cost * Math.max(FASTEST, Math.min(SLOWEST, price))),
                        random.nextInt(400, 1000)));
            }
            rows.add(List.copyOf(own));
        }
        ChoiceDag plain = new ChoiceDag(1, 0, 0, 1, List.copyOf(parents), List.copyOf(rows));
        double makespan = plain.score(new int[nodes]);
        double costs = rows.stream().mapToDouble(own -> own.get(0).cost()).sum();
        return new ChoiceDag(
                (long) (0.28 * SCALE / makespan),
                (long) (0.28 * SCALE / costs),
                SCALE / 5 / 1000 / nodes,
                SCALE,
                plain.parents(),
                plain.options());
    }

    /** The instance in the form that {@link ChoiceDag#read} reads. */
    public static String text(ChoiceDag dag) {
        List<String> lines = new ArrayList<>();
        lines.add(dag.nodes() + " " + dag.options().get(0).size() + " " + dag.durationWeight() + " " + dag.costWeight()
                + " " + dag.qualityWeight() + " " + dag.scale());
        for (int[] own : dag.parents()) {
            StringBuilder line = new StringBuilder(String.valueOf(own.length));
            for (int parent : own) {
                line.append(' ').append(parent);
            }
            lines.add(line.toString());
        }
        for (List<ChoiceDag.Option> own : dag.options()) {
            for (ChoiceDag.Option option : own) {
                lines.add(option.duration() + " " + option.cost() + " " + option.quality());
            }
        }
        lines.add("");
        return String.join("\n", lines);
    }
}

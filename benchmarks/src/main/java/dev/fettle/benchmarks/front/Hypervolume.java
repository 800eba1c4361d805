package dev.fettle.benchmarks.front;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The volume that is dominated by some points and dominates a reference point, for three objectives that are minimized
 * (Zitzler and Thiele, "Multiobjective evolutionary algorithms: a comparative case study and the strength Pareto approach",
 * 1999). Points are taken in by their third objective; the area that they cover in the other two is kept as a staircase.
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * @param points of three objectives; those that are not better than the reference in each add nothing
     */
    public static double of(List<double[]> points, double[] reference) {
        List<double[]> inside = points.stream()
                .filter(point -> point[0] < reference[0] && point[1] < reference[1] && point[2] < reference[2])
                .sorted(Comparator.comparingDouble(point -> point[2]))
                .toList();
        TreeMap<Double, Double> stairs = new TreeMap<>();
        double volume = 0;
        for (int i = 0; i < inside.size(); i++) {
            add(stairs, inside.get(i));
            double next = i + 1 < inside.size() ? inside.get(i + 1)[2] : reference[2];
            double depth = next - inside.get(i)[2];
            if (depth > 0) {
                volume += depth * area(stairs, reference);
            }
        }
        return volume;
    }

    /** Keeps of the stairs only what nothing dominates: ever lower with growing first coordinate. */
    private static void add(NavigableMap<Double, Double> stairs, double[] point) {
        var before = stairs.floorEntry(point[0]);
        if (before != null && before.getValue() <= point[1]) {
            return;
        }
        var after = stairs.ceilingEntry(point[0]);
        while (after != null && after.getValue() >= point[1]) {
            stairs.remove(after.getKey());
            after = stairs.higherEntry(point[0]);
        }
        stairs.put(point[0], point[1]);
    }

    private static double area(NavigableMap<Double, Double> stairs, double[] reference) {
        double area = 0;
        double ceiling = reference[1];
        for (var step : stairs.entrySet()) {
            area += (reference[0] - step.getKey()) * (ceiling - step.getValue());
            ceiling = step.getValue();
        }
        return area;
    }
}

package dev.fettle.search.genetic;

import dev.fettle.api.search.CandidateEvaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pareto dominance with constraints, non-dominated sorting and crowding distance. */
final class Dominance {
    /** A candidate with its score (which tells feasibility) and its objectives. */
    record Point(int[] options, double score, double[] objectives) {
        boolean feasible() {
            return score < CandidateEvaluator.INFEASIBLE;
        }
    }

    private Dominance() {}

    /** Whether the first is at least as good in everything and better in something; feasibility comes first. */
    static boolean dominates(Point a, Point b) {
        if (!a.feasible() || !b.feasible()) {
            return a.score < b.score && !b.feasible();
        }
        boolean better = false;
        for (int i = 0; i < a.objectives.length; i++) {
            if (a.objectives[i] > b.objectives[i]) {
                return false;
            }
            better |= a.objectives[i] < b.objectives[i];
        }
        return better;
    }

    /** Fronts: the first is dominated by nothing, each further one only by points of the fronts before it. */
    static List<List<Point>> fronts(List<Point> points) {
        int size = points.size();
        int[] dominators = new int[size];
        List<List<Integer>> dominated = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            dominated.add(new ArrayList<>());
            for (int j = 0; j < size; j++) {
                if (dominates(points.get(i), points.get(j))) {
                    dominated.get(i).add(j);
                } else if (dominates(points.get(j), points.get(i))) {
                    dominators[i]++;
                }
            }
        }
        List<List<Point>> fronts = new ArrayList<>();
        List<Integer> front = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (dominators[i] == 0) {
                front.add(i);
            }
        }
        while (!front.isEmpty()) {
            fronts.add(front.stream().map(points::get).toList());
            List<Integer> next = new ArrayList<>();
            for (int i : front) {
                for (int j : dominated.get(i)) {
                    if (--dominators[j] == 0) {
                        next.add(j);
                    }
                }
            }
            front = next;
        }
        return fronts;
    }

    /** For each point the side lengths of the box between its neighbours, scaled; infinite at the ends. */
    static double[] crowding(List<Point> front) {
        double[] distance = new double[front.size()];
        int objectives = front.isEmpty() ? 0 : front.get(0).objectives.length;
        for (int objective = 0; objective < objectives; objective++) {
            int o = objective;
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < front.size(); i++) {
                order.add(i);
            }
            order.sort(Comparator.comparingDouble(i -> front.get(i).objectives[o]));
            int last = order.size() - 1;
            double range = front.get(order.get(last)).objectives[o] - front.get(order.get(0)).objectives[o];
            distance[order.get(0)] = Double.POSITIVE_INFINITY;
            distance[order.get(last)] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < last && range > 0; i++) {
                distance[order.get(i)] +=
                        (front.get(order.get(i + 1)).objectives[o] - front.get(order.get(i - 1)).objectives[o]) / range;
            }
        }
        return distance;
    }

    /** The points in the least crowded places. */
    static List<Point> leastCrowded(List<Point> front, int count) {
        if (front.size() <= count) {
            return front;
        }
        double[] distance = crowding(front);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < front.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -distance[i]));
        return order.subList(0, count).stream().map(front::get).toList();
    }
}

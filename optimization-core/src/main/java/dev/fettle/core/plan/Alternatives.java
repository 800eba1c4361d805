package dev.fettle.core.plan;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Candidates beside the best one, of which none is better than another in duration, cost and quality alike. */
final class Alternatives {
    private static final int OBJECTIVES = 3;

    /** Changes smaller than this part of a value are none. */
    private static final double LEAST = 1e-9;

    private final CandidateEvaluator evaluator;
    private final List<Decision> decisions;

    Alternatives(CandidateEvaluator evaluator, List<Decision> decisions) {
        this.evaluator = evaluator;
        this.decisions = decisions;
    }

    /**
     * The candidates that the best one and others leave undominated, the best one not among them.
     *
     * @param others that a search found
     */
    List<int[]> beside(int[] best, List<int[]> others) {
        Map<List<Integer>, double[]> known = new LinkedHashMap<>();
        add(known, best);
        others.forEach(other -> add(known, other));
        for (int objective = 0; objective < OBJECTIVES; objective++) {
            add(known, extreme(best, objective));
        }
        List<int[]> front = new ArrayList<>();
        known.forEach((candidate, values) -> {
            int[] options = candidate.stream().mapToInt(Integer::intValue).toArray();
            if (!Arrays.equals(options, best) && known.values().stream().noneMatch(other -> dominates(other, values))) {
                front.add(options);
            }
        });
        return front;
    }

    private void add(Map<List<Integer>, double[]> known, int[] candidate) {
        if (evaluator.reset(candidate) < CandidateEvaluator.INFEASIBLE) {
            double[] values = evaluator.objectives();
            // what looks the same is no alternative
            if (known.values().stream().noneMatch(other -> same(other, values))) {
                known.put(Arrays.stream(candidate).boxed().toList(), values);
            }
        }
    }

    /** Gives each decision in turn the option that is best in one objective; among equal ones, that with the best score. */
    private int[] extreme(int[] from, int objective) {
        int[] candidate = from.clone();
        evaluator.reset(from);
        for (int decision = 0; decision < candidate.length; decision++) {
            int chosen = candidate[decision];
            double score = evaluator.score();
            double value = evaluator.objectives()[objective];
            for (int option = 0; option < decisions.get(decision).options(); option++) {
                double now = evaluator.scoreWith(decision, option);
                if (option != candidate[decision] && now < CandidateEvaluator.INFEASIBLE) {
                    evaluator.apply(decision, option);
                    double other = evaluator.objectives()[objective];
                    if (less(other, value) || (now < score && !less(value, other))) {
                        chosen = option;
                        value = other;
                        score = now;
                    }
                }
            }
            candidate[decision] = chosen;
            evaluator.apply(decision, chosen);
        }
        return candidate;
    }

    private static boolean same(double[] one, double[] other) {
        for (int i = 0; i < OBJECTIVES; i++) {
            if (less(one[i], other[i]) || less(other[i], one[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean dominates(double[] one, double[] other) {
        boolean better = false;
        for (int i = 0; i < OBJECTIVES; i++) {
            if (less(other[i], one[i])) {
                return false;
            }
            better |= less(one[i], other[i]);
        }
        return better;
    }

    private static boolean less(double one, double other) {
        return one < other - LEAST * Math.abs(other);
    }
}

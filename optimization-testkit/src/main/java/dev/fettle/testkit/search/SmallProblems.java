package dev.fettle.testkit.search;

import dev.fettle.api.Evolving;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Search problems small enough to know their optimum, and the corner cases. */
@Evolving
public final class SmallProblems {
    private SmallProblems() {}

    /** No decision interacts with another: the optimum is the sum of each decision's lowest value. */
    public static FunctionProblem separable(long seed, int decisions, int options) {
        double[][] values = table(new SplittableRandom(seed), decisions, options);
        return choices(decisions, options, candidate -> own(values, candidate));
    }

    /** Every pair of decisions interacts: many local optima. */
    public static FunctionProblem rugged(long seed, int decisions, int options) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = table(random, decisions, options);
        double[][] pairs = table(random, decisions * decisions, options * options);
        return choices(decisions, options, candidate -> {
            double sum = own(values, candidate);
            for (int a = 0; a < candidate.length; a++) {
                for (int b = 0; b < a; b++) {
                    sum += pairs[a * decisions + b][candidate[a] * options + candidate[b]];
                }
            }
            return sum;
        });
    }

    /** Rugged, and options of neighbouring decisions that both are odd may not be combined. */
    public static FunctionProblem forbidding(long seed, int decisions, int options) {
        FunctionProblem free = rugged(seed, decisions, options);
        return choices(decisions, options, candidate -> {
            for (int d = 1; d < candidate.length; d++) {
                if (candidate[d] % 2 == 1 && candidate[d - 1] % 2 == 1) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            return free.score(candidate);
        });
    }

    /** Rugged, and infeasible where the options' numbers sum up to more than the number of decisions. */
    public static FunctionProblem constrained(long seed, int decisions, int options) {
        FunctionProblem free = rugged(seed, decisions, options);
        return choices(decisions, options, candidate -> {
            int excess = IntStream.of(candidate).sum() - decisions;
            return excess > 0 ? CandidateEvaluator.INFEASIBLE + excess : free.score(candidate);
        });
    }

    /** Numbers instead of choices: a bowl with its lowest point, 0, at 7 and 0.25; every third option of a choice is free. */
    public static FunctionProblem mixed() {
        List<Decision> decisions =
                List.of(Decision.integer("count", 0, 40), Decision.real("share", 0, 1), Decision.choice("kind", 6));
        return new FunctionProblem(decisions, new int[] {40, 0, 1}, false, candidate -> {
            double count = decisions.get(0).value(candidate[0]) - 7;
            double share = decisions.get(1).value(candidate[1]) - 0.25;
            return new double[] {count * count / 100 + share * share + (candidate[2] % 3 == 0 ? 0 : 0.5)};
        });
    }

    /** Nothing is better than the baseline. */
    public static FunctionProblem baselineIsBest() {
        return choices(6, 3, candidate -> IntStream.of(candidate).sum());
    }

    public static FunctionProblem withoutDecisions() {
        return choices(0, 1, candidate -> 3);
    }

    /** Decisions that leave no choice. */
    public static FunctionProblem withoutChoice() {
        return choices(3, 1, candidate -> 2);
    }

    /** One decision among several that has a choice: option 2 of it is best, with score -2. */
    public static FunctionProblem oneDecision() {
        List<Decision> decisions =
                List.of(Decision.choice("fixed", 1), Decision.choice("free", 3), Decision.choice("also fixed", 1));
        return new FunctionProblem(decisions, new int[3], false, candidate -> new double[] {-candidate[1]});
    }

    private interface Score {
        double of(int[] candidate);
    }

    private static FunctionProblem choices(int decisions, int options, Score score) {
        List<Decision> list = new ArrayList<>();
        for (int d = 0; d < decisions; d++) {
            list.add(Decision.choice("decision-" + d, options));
        }
        return new FunctionProblem(list, new int[decisions], false, candidate -> new double[] {score.of(candidate)});
    }

    private static double[][] table(SplittableRandom random, int rows, int columns) {
        double[][] table = new double[rows][columns];
        for (double[] row : table) {
            for (int c = 0; c < columns; c++) {
                row[c] = random.nextDouble();
            }
        }
        return table;
    }

    private static double own(double[][] values, int[] candidate) {
        double sum = 0;
        for (int d = 0; d < candidate.length; d++) {
            sum += values[d][candidate[d]];
        }
        return sum;
    }
}

package dev.fettle.search.annealing;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;

/** The random walk at one temperature: the loop in which annealing spends its time. Allocates nothing. */
final class Walk {
    /**
     * Exponential variates -ln u for evenly spaced u: a look-up instead of a logarithm. 4096 of them fit the nearest cache
     * beside the evaluator's arrays.
     */
    private static final double[] EXPONENTIAL = new double[1 << 12];

    static {
        for (int i = 0; i < EXPONENTIAL.length; i++) {
            EXPONENTIAL[i] = -Math.log((i + 0.5) / EXPONENTIAL.length);
        }
    }

    private final CandidateEvaluator evaluator;
    private final Space space;
    private final SplitMix random;
    private final Incumbent incumbent;
    private final int[] decisions;
    private final int[] current;
    private double score;

    Walk(CandidateEvaluator evaluator, Space space, SplitMix random, Incumbent incumbent) {
        this.evaluator = evaluator;
        this.space = space;
        this.random = random;
        this.incumbent = incumbent;
        decisions = space.movable();
        current = new int[space.size()];
        jumpTo(incumbent.candidate());
    }

    void jumpTo(int[] candidate) {
        System.arraycopy(candidate, 0, current, 0, current.length);
        score = evaluator.reset(candidate);
    }

    double score() {
        return score;
    }

    /**
     * Makes moves at a temperature.
     *
     * @return how many were accepted
     */
    int go(int moves, double temperature) {
        int accepted = 0;
        for (int i = 0; i < moves; i++) {
            // One random number for everything: 24 bits choose the decision, 28 the option, 12 the threshold.
            long bits = random.next();
            int decision = decisions[(int) (((bits >>> 40) * decisions.length) >>> 24)];
            int option = space.otherOption(decision, current[decision], bits >>> 12);
            double threshold = score + temperature * EXPONENTIAL[(int) bits & (EXPONENTIAL.length - 1)];
            double changed = evaluator.scoreWith(decision, option, threshold);
            if (changed <= threshold && changed < Double.POSITIVE_INFINITY) {
                evaluator.apply(decision, option);
                current[decision] = option;
                score = changed;
                accepted++;
                incumbent.offer(current, changed);
            }
        }
        return accepted;
    }

    /** The change of the score by a random move that is not made; infinite where it is forbidden. */
    double sample() {
        long bits = random.next();
        int decision = decisions[(int) (((bits >>> 40) * decisions.length) >>> 24)];
        return evaluator.scoreWith(decision, space.otherOption(decision, current[decision], bits >>> 12)) - score;
    }
}

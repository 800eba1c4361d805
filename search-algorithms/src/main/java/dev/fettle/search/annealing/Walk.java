package dev.fettle.search.annealing;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;

/** The random walk at one temperature: the loop in which annealing spends its time. Allocates nothing. */
final class Walk {
    /**
     * Exponential variates -ln u for evenly spaced u: a look-up instead of a logarithm, small enough for the nearest cache
     * to hold it beside the evaluator's arrays.
     */
    private static final double[] EXPONENTIAL = new double[Moves.SPARE + 1];

    static {
        for (int i = 0; i < EXPONENTIAL.length; i++) {
            EXPONENTIAL[i] = -Math.log((i + 0.5) / EXPONENTIAL.length);
        }
    }

    private final CandidateEvaluator evaluator;
    private final Incumbent incumbent;
    private final Space space;
    private final SplitMix random;
    private ShuffledMoves shuffled;
    private Sweep sweep;
    private Moves moves;
    private final int[] current;
    private double score;

    Walk(CandidateEvaluator evaluator, Space space, SplitMix random, Incumbent incumbent) {
        this.evaluator = evaluator;
        this.incumbent = incumbent;
        this.space = space;
        this.random = random;
        shuffled = new ShuffledMoves(space, random);
        sweep = new Sweep(space, random);
        moves = shuffled;
        current = new int[space.size()];
        jumpTo(incumbent.candidate());
    }

    void jumpTo(int[] candidate) {
        System.arraycopy(candidate, 0, current, 0, current.length);
        score = evaluator.reset(candidate);
    }

    /** From here on tries options as often as these say. */
    void guide(Chances chances) {
        shuffled = new ShuffledMoves(space, random, chances);
        sweep = new Sweep(space, random, chances);
        moves = shuffled;
    }

    /** From here on tries all options alike. */
    void forget() {
        shuffled = new ShuffledMoves(space, random);
        sweep = new Sweep(space, random);
        moves = shuffled;
    }

    /** How many moves there are. */
    int moves() {
        return shuffled.count();
    }

    /** From here on goes through the moves in order, or shuffles them. */
    void sweep(boolean inOrder) {
        moves = inOrder ? sweep : shuffled;
    }

    double score() {
        return score;
    }

    /**
     * Tries moves at a temperature.
     *
     * @return how many were accepted
     */
    int go(int count, double temperature) {
        int accepted = 0;
        moves.at(temperature);
        for (int i = 0; i < count; i++) {
            moves.draw(current);
            int decision = moves.decision();
            int option = moves.option(current);
            double threshold = score + temperature * EXPONENTIAL[moves.spareBits()];
            double changed = evaluator.scoreWith(decision, option, threshold);
            if (changed <= threshold && changed < Double.POSITIVE_INFINITY) {
                evaluator.apply(decision, option);
                current[decision] = option;
                score = changed;
                accepted++;
                moves.accepted();
                incumbent.offer(current, changed);
            } else {
                moves.rejected();
            }
        }
        return accepted;
    }

    /** The change of the score by a random move that is not made; infinite where it is forbidden. */
    double sample() {
        moves.draw(current);
        return evaluator.scoreWith(moves.decision(), moves.option(current)) - score;
    }
}

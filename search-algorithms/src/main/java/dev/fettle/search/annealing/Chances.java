package dev.fettle.search.annealing;

import dev.fettle.api.search.Relaxation;
import dev.fettle.search.run.Space;
import java.util.Arrays;

/**
 * How often an option is tried at a temperature, told from its reduced cost: where the relaxed problem were the problem,
 * annealing would hold an option with a probability of exp(-reduced cost / temperature), and to try it more often is a waste.
 */
final class Chances {
    /** Tried that much less often than it would be held: it is the moves between few good options that need the tries. */
    private static final double SHARPNESS = 2;

    /** The same where it is time to look at what the relaxation thinks little of: it is wrong about some of that. */
    private static final double PATIENT_SHARPNESS = 0.5;

    /** What is hopeless in the relaxed problem may be what the problem needs, now and then. */
    private static final double LEAST = 0.002;

    /** The same where the relaxation does not know all decisions: the others may change what options are worth. */
    private static final double LEAST_OF_A_PART = 0.1;

    /** Stands for an option of a decision of which nothing is known. */
    static final int ANY = -1;

    private static final double NEAR = 0.05;

    private final double[][] reducedCosts;
    private final double[][] chances;
    /** By decision. */
    private final double[] sums;

    private final double least;
    private double temperature = Double.POSITIVE_INFINITY;
    private double sharpness = SHARPNESS;

    Chances(Space space, Relaxation relaxation) {
        reducedCosts = relaxation.reducedCosts();
        chances = Arrays.stream(reducedCosts).map(double[]::clone).toArray(double[][]::new);
        sums = new double[chances.length];
        boolean whole = Arrays.stream(space.movable()).allMatch(decision -> reducedCosts[decision].length > 0);
        least = whole ? LEAST : LEAST_OF_A_PART;
    }

    /** From here on tries what the relaxation thinks little of more often, or as seldom as at first. */
    void patient(boolean patient) {
        double wanted = patient ? PATIENT_SHARPNESS : SHARPNESS;
        if (wanted != sharpness) {
            sharpness = wanted;
            temperature = Double.POSITIVE_INFINITY;
        }
    }

    /** Computes the chances at a temperature, or leaves those of nearly the same one. */
    void at(double now) {
        if (Math.abs(now - temperature) <= NEAR * now) {
            return;
        }
        temperature = now;
        for (int decision = 0; decision < chances.length; decision++) {
            double sum = 0;
            for (int option = 0; option < chances[decision].length; option++) {
                chances[decision][option] =
                        Math.max(least, Math.exp(-sharpness * reducedCosts[decision][option] / now));
                sum += chances[decision][option];
            }
            sums[decision] = sum;
        }
    }

    /** In (0, 1]; 1 where nothing is known. */
    double of(int decision, int option) {
        return option < 0 || chances[decision].length == 0 ? 1 : chances[decision][option];
    }

    /**
     * Another option than the current one of a decision, each with its chance or, where these add up to more than one, its
     * part of them; the current one for none of them.
     *
     * @param uniform random, in [0, 1)
     * @return {@link #ANY} where nothing is known
     */
    int draw(int decision, int current, double uniform) {
        double[] row = chances[decision];
        if (row.length == 0) {
            return ANY;
        }
        double others = sums[decision] - row[current];
        double left = others > 1 ? uniform * others : uniform;
        if (left >= others) {
            return current;
        }
        for (int option = 0; option < row.length; option++) {
            left -= option == current ? 0 : row[option];
            if (left < 0) {
                return option;
            }
        }
        return current;
    }
}

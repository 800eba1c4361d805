package dev.fettle.search.bayesian.gp;

/**
 * The Matérn 5/2 kernel of a distance r: (1 + √5 r + 5/3 r²) exp(-√5 r) (Rasmussen and Williams, "Gaussian processes for
 * machine learning", 2006, eq. 4.17). Whole rows at a time, in loops that the JIT vectorizes.
 */
final class Matern {
    private static final double ROOT_5 = Math.sqrt(5);
    /** From here on exp(-t) is less than one unit in the last place of 1. */
    private static final double LARGEST = 40;

    private Matern() {}

    /** Adds the squared differences to a point along one coordinate. */
    static void addSquares(double[] coordinates, double point, double[] squares, int from, int to) {
        for (int j = from; j < to; j++) {
            double difference = coordinates[j] - point;
            squares[j] += difference * difference;
        }
    }

    /**
     * Replaces squared distances by kernel values.
     *
     * @param slopes receives 5/3 (1 + √5 r) exp(-√5 r), which is minus twice the derivative by r²
     */
    static void values(double variance, double[] squares, double[] slopes, int from, int to) {
        double third = 5.0 / 3;
        for (int j = from; j < to; j++) {
            double square = squares[j];
            double t = ROOT_5 * Math.sqrt(square);
            double decay = variance * exp(t);
            slopes[j] = third * (1 + t) * decay;
            squares[j] = (1 + t + third * square) * decay;
        }
    }

    /** Replaces squared distances by kernel values. */
    static void values(double variance, double[] squares, int from, int to) {
        for (int j = from; j < to; j++) {
            double square = squares[j];
            double t = ROOT_5 * Math.sqrt(square);
            squares[j] = (1 + t + 5.0 / 3 * square) * variance * exp(t);
        }
    }

    /**
     * exp(-t) for t at least 0, as (exp(-t / 128))^128 with a Taylor polynomial: only additions and multiplications, so
     * that a loop around it vectorizes. The error is below 1e-11 of the result, or 1e-15.
     */
    static double exp(double t) {
        double u = Math.min(t, LARGEST) * (-1.0 / 128);
        double e = 1
                + u
                        * (1
                                + u
                                        * (1.0 / 2
                                                + u
                                                        * (1.0 / 6
                                                                + u
                                                                        * (1.0 / 24
                                                                                + u
                                                                                        * (1.0 / 120
                                                                                                + u
                                                                                                        * (1.0 / 720
                                                                                                                + u
                                                                                                                        / 5040))))));
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        return e * e;
    }
}

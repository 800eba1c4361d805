package dev.fettle.benchmarks.mutation;

/**
 * How often the code of a node does not do what it usually does, where its result is part of the output and goes nowhere else.
 *
 * @param noise part of the calls that give another result, in [0, 1]
 * @param failures part of the calls that fail, in [0, 1]
 */
record Straying(double noise, double failures) {
    static final Straying NEVER = new Straying(0, 0);

    Straying {
        if (!(noise >= 0 && failures >= 0 && noise + failures <= 1)) {
            throw new IllegalArgumentException("noise is (" + noise + ") and failures (" + failures
                    + "); expected parts of at least 0, of 1 together at most");
        }
    }
}

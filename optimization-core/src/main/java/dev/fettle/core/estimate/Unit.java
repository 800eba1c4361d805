package dev.fettle.core.estimate;

/**
 * A tiny amount of money, of quality or of something else, in which amounts are counted: sums of whole numbers are exact
 * whatever their order, so that a change taken back leaves nothing behind.
 *
 * @param size a power of two
 */
record Unit(double size) {
    /** How finely an amount of the usual size is divided: beyond what a sum of floating-point numbers shows. */
    private static final int PRECISION = 44;

    /** Bits for the greatest sum, which leave room for combinations that come to more than their parts. */
    private static final int RANGE = 54;

    private static final long GREATEST = 1L << (RANGE + 3);

    /**
     * Fit for sums of amounts.
     *
     * @param usual what a usual amount is like; coarser only where the greatest sum asks for it
     * @param greatest what all amounts may come to
     */
    static Unit of(double usual, double greatest) {
        return new Unit(Math.max(powerOfTwo(usual, PRECISION), powerOfTwo(greatest, RANGE)));
    }

    /** The least power of two of which this many bits of whole numbers reach the amount. */
    private static double powerOfTwo(double amount, int bits) {
        return Math.scalb(1.0, Math.getExponent(amount > 0 ? amount : Double.MIN_NORMAL) + 1 - bits);
    }

    /** The nearest number of units; amounts far beyond the greatest sum are cut. */
    long count(double amount) {
        return Math.max(-GREATEST, Math.min(GREATEST, Math.round(amount / size)));
    }

    double amount(long count) {
        return count * size;
    }
}

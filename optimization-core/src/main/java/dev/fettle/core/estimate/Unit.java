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

    /** A thousand times the usual size: hundreds of amounts of this size have a sum. */
    private static final long GREATEST = 1L << (PRECISION + 10);

    /** Fit for amounts of about this size, and greater ones. */
    static Unit about(double amount) {
        return new Unit(Math.scalb(1.0, Math.getExponent(amount > 0 ? amount : 1) + 1 - PRECISION));
    }

    /** The nearest number of units; amounts beyond any use are cut so that sums have room. */
    long count(double amount) {
        return Math.max(-GREATEST, Math.min(GREATEST, Math.round(amount / size)));
    }

    double amount(long count) {
        return count * size;
    }
}

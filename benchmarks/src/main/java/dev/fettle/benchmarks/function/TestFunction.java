package dev.fettle.benchmarks.function;

/** Functions with known minima (Dixon and Szegö, "Towards global optimisation 2", 1978). */
public enum TestFunction {
    /** Two inputs, three equal minima. */
    BRANIN(new double[] {-5, 0}, new double[] {10, 15}, 0.39788735772973816) {
        @Override
        public double at(double[] x) {
            double parabola = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
            return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
        }
    },
    /** Six inputs, six local minima. */
    HARTMANN6(new double[6], new double[] {1, 1, 1, 1, 1, 1}, -3.32236801141551) {
        @Override
        public double at(double[] x) {
            double sum = 0;
            for (int i = 0; i < HEIGHTS.length; i++) {
                double exponent = 0;
                for (int j = 0; j < x.length; j++) {
                    double distance = x[j] - 1e-4 * CENTERS[i][j];
                    exponent += WIDTHS[i][j] * distance * distance;
                }
                sum -= HEIGHTS[i] * Math.exp(-exponent);
            }
            return sum;
        }
    };

    private static final double[] HEIGHTS = {1, 1.2, 3, 3.2};
    private static final double[][] WIDTHS = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] CENTERS = {
        {1312, 1696, 5569, 124, 8283, 5886},
        {2329, 4135, 8307, 3736, 1004, 9991},
        {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}
    };

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it or hands it out
    private final double[] low;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it or hands it out
    private final double[] high;

    private final double minimum;

    TestFunction(double[] low, double[] high, double minimum) {
        this.low = low;
        this.high = high;
        this.minimum = minimum;
    }

    public abstract double at(double[] x);

    public int dimension() {
        return low.length;
    }

    public double low(int input) {
        return low[input];
    }

    public double high(int input) {
        return high[input];
    }

    /** The lowest value. */
    public double minimum() {
        return minimum;
    }
}

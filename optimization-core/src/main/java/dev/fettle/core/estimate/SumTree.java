package dev.fettle.core.estimate;

/** A sum that depends on its terms only, not on the way to them: changing a term and changing it back is exact. */
final class SumTree {
    private final int leaves;
    private final double[] sums;

    SumTree(int terms) {
        leaves = Math.max(1, Integer.highestOneBit(Math.max(1, terms - 1)) << 1);
        sums = new double[2 * leaves];
    }

    void set(int term, double value) {
        double sum = value;
        int node = leaves + term;
        while (node > 1) {
            sums[node] = sum;
            sum += sums[node ^ 1];
            node >>= 1;
        }
        sums[1] = sum;
    }

    double total() {
        return sums[1];
    }
}

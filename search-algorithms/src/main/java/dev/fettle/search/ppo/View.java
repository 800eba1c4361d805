package dev.fettle.search.ppo;

/**
 * What the networks see of a state: features of each option of each decision for the policy, and a summary for the value.
 * All are relative, so that they mean the same in problems of any size and any unit.
 */
final class View {
    static final int FEATURES = 8;
    static final int SUMMARY = 6;
    private static final double REACH = 5;

    private final Prospects prospects;

    View(Prospects prospects) {
        this.prospects = prospects;
    }

    /**
     * @param chosen the current candidate, as positions in {@link Prospects#options}
     * @param surprise how the last change of the score differed from what was expected, in units of that
     */
    double[][][] features(int[] chosen, double progress, double surprise) {
        double[][][] features = new double[chosen.length][][];
        for (int d = 0; d < chosen.length; d++) {
            int current = chosen[d];
            features[d] = new double[prospects.options[d].length][];
            for (int o = 0; o < features[d].length; o++) {
                double duration = bounded(prospects.duration[d][o] - prospects.duration[d][current]);
                double other = bounded(prospects.other[d][o] - prospects.other[d][current]);
                double slack = bounded(prospects.slack[d]);
                features[d][o] = new double[] {
                    duration,
                    other,
                    bounded(duration + other),
                    slack,
                    o == current ? 1 : 0,
                    progress,
                    surprise,
                    slack > 0 ? Math.max(0, duration - slack) : duration
                };
            }
        }
        return features;
    }

    double[] summary(double[][][] features, double gain, double progress, double surprise) {
        double lowest = 0;
        double slack = 0;
        double spread = 0;
        for (double[][] decision : features) {
            double best = 0;
            for (double[] option : decision) {
                best = Math.min(best, option[2]);
                spread += Math.abs(option[2]) / decision.length;
            }
            lowest += best;
            slack += decision[0][3];
        }
        int n = Math.max(1, features.length);
        return new double[] {progress, surprise, gain, lowest / n, slack / n, spread / n};
    }

    static double bounded(double value) {
        return Math.max(-REACH, Math.min(REACH, value));
    }
}

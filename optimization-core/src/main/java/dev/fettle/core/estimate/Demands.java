package dev.fettle.core.estimate;

import java.util.List;

/**
 * What the members of a block ask of the processors.
 *
 * @param shares processors that work for each in the mean of its time, at least 0
 * @param slowdowns of the computing of each while both processors are busy, as {@link Interference} says it
 */
record Demands(double[] shares, double[] slowdowns) {
    static Demands of(List<Step> members) {
        return new Demands(
                members.stream().mapToDouble(member -> member.cpuShare).toArray(),
                members.stream().mapToDouble(member -> member.slowdown).toArray());
    }

    /** Those of members of these lengths; what does not run asks for nothing. */
    Demands of(double[] lengths) {
        double[] running = new double[lengths.length];
        for (int i = 0; i < running.length; i++) {
            running[i] = lengths[i] > 0 ? shares[i] : 0;
        }
        return new Demands(running, slowdowns);
    }

    /**
     * Whether members slow each other: they ask for more processors than there are, or, where processors slow each other, for
     * more than one.
     */
    boolean compete(ReplaySettings settings) {
        double demand = 0;
        for (double share : shares) {
            demand += share;
        }
        return demand > (settings.interference().measured() ? 1 : settings.processors());
    }
}

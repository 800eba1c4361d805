package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the clusters of a placement decide about the ends of runs: which a timeout cuts short, and which do not fail any more.
 * Most candidates decide nothing of the kind; then nothing here is asked.
 */
final class Endings {
    private final CompiledSpace space;
    private final Arrangement arrangement;
    private final Lane[] lanes;

    /** By cluster: what its state decides. */
    private final @Nullable Fate[] fates;

    private int fateful;
    private final boolean[] cut;

    Endings(CompiledSpace space, Arrangement arrangement, Lane[] lanes) {
        this.space = space;
        this.arrangement = arrangement;
        this.lanes = lanes;
        this.fates = new @Nullable Fate[lanes.length];
        this.cut = new boolean[arrangement.graphs().length];
    }

    /** Whether some state decides the end of a run. */
    boolean any() {
        return fateful > 0;
    }

    void set(int cluster, int state) {
        Fate fate = lanes[cluster].fate(state);
        fateful += (fate == null ? 0 : 1) - (fates[cluster] == null ? 0 : 1);
        fates[cluster] = fate;
    }

    /** How many runs fail that did not in the record. {@link #change} builds on it. */
    int lost() {
        Arrays.fill(cut, false);
        for (int c = 0; fateful > 0 && c < fates.length; c++) {
            Fate fate = fates[c];
            if (fate != null) {
                lanes[c].cuts(fate, cut);
            }
        }
        int lost = 0;
        for (int trace : space.ends().completed()) {
            lost += cut[trace] ? 1 : 0;
        }
        return lost;
    }

    /**
     * By how much the sums over runs differ from those of runs that end as in the arrangement, where no run is lost.
     *
     * @param states by cluster
     * @param makespans of all runs in seconds, none of them cut
     * @return seconds and USD
     */
    double[] change(int[] states, IntToDoubleFunction makespans) {
        double[] change = new double[2];
        for (int trace : space.ends().failed()) {
            double before = arrangement.rescued()[trace];
            double now = cut[trace] ? 0 : rescued(trace);
            if (cut[trace] || now != before) {
                int other = space.ends().standIn(trace);
                double seconds = makespans.applyAsDouble(trace);
                double usd = usd(trace, states);
                double otherUsd = usd(other, states);
                TraceOutcome end = cut[trace] ? space.replay(trace, effects(states)) : null;
                double cutSeconds = end == null ? seconds : end.seconds();
                double cutUsd = end == null ? usd : end.usd();
                change[0] += (1 - now) * cutSeconds
                        - (1 - before) * seconds
                        + (now - before) * makespans.applyAsDouble(other);
                change[1] += (1 - now) * cutUsd - (1 - before) * usd + (now - before) * otherUsd;
            }
        }
        return change;
    }

    private double rescued(int trace) {
        int[] causes = arrangement.causes()[trace];
        if (causes == null || space.ends().completed().length == 0) {
            return 0;
        }
        double chance = 1;
        for (int cluster : causes) {
            Fate fate = fates[cluster];
            chance *= fate == null ? 0 : lanes[cluster].rescued(fate, trace);
        }
        return chance;
    }

    private double usd(int trace, int[] states) {
        double usd = arrangement.usd()[trace];
        for (int c = 0; c < lanes.length; c++) {
            usd += states[c] == 0 ? 0 : lanes[c].usd(states[c], trace);
        }
        return usd;
    }

    private CandidateEffects effects(int[] states) {
        List<CandidateEffects> chosen = new ArrayList<>();
        for (int c = 0; c < lanes.length; c++) {
            CandidateEffects own =
                    states[c] == 0 ? null : lanes[c].rows(states[c]).effects();
            if (own != null) {
                chosen.add(own);
            }
        }
        return arrangement.effects().with(chosen);
    }
}

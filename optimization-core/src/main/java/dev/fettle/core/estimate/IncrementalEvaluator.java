package dev.fettle.core.estimate;

import dev.fettle.api.search.CandidateEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges candidates of a compiled space. Changes of single nodes are judged in a placement of the current candidate,
 * structural ones in a placement in the other arrangement, which is kept for the next time, and all others by a full replay.
 */
final class IncrementalEvaluator implements CandidateEvaluator {
    private static final double NO = Double.POSITIVE_INFINITY;

    private final CompiledSpace space;
    private final int[] clusterOf;
    private final int[] radixOf;
    private final int[] current;

    /** In other arrangements too; the one used last is at the end. */
    private final List<Placement> placements = new ArrayList<>();

    /** Of the current candidate; null where it needs a full replay or its options cannot be combined. */
    private @Nullable Placement placement;

    private double score;

    IncrementalEvaluator(CompiledSpace space) {
        this.space = space;
        this.clusterOf = space.partition().clusterOf();
        this.radixOf = space.partition().radixOf();
        this.current = new int[clusterOf.length];
        place();
    }

    @Override
    public double reset(int[] candidate) {
        System.arraycopy(candidate, 0, current, 0, current.length);
        place();
        return score;
    }

    private void place() {
        placement = placement(current);
        score = placement != null ? placement.score() : replayedScore(current);
    }

    @Override
    public double score() {
        return score;
    }

    @Override
    public int option(int decision) {
        return current[decision];
    }

    @Override
    public double scoreWith(int decision, int option, double threshold) {
        int change = option - current[decision];
        if (change == 0) {
            return score;
        }
        int cluster = clusterOf[decision];
        return placement != null && cluster >= 0
                ? placement.scoreWith(cluster, placement.state(cluster) + change * radixOf[decision], threshold)
                : placedAnew(decision, option);
    }

    private double placedAnew(int decision, int option) {
        int kept = current[decision];
        current[decision] = option;
        Placement changed = placement(current);
        double result = changed != null ? changed.score() : replayedScore(current);
        current[decision] = kept;
        return result;
    }

    @Override
    public double apply(int decision, int option) {
        int change = option - current[decision];
        current[decision] = option;
        int cluster = clusterOf[decision];
        if (change != 0) {
            if (placement != null
                    && cluster >= 0
                    && placement.apply(cluster, placement.state(cluster) + change * radixOf[decision])) {
                score = placement.score();
            } else {
                place();
            }
        }
        return score;
    }

    @Override
    public double[] objectives() {
        boolean costKnown = !Double.isNaN(space.estimator().baseline().usd());
        double[] values = new double[] {NO, NO, NO};
        if (placement != null && !placement.losesRuns()) {
            values = placement.objectives();
        } else {
            Means means = means(current);
            if (means != null) {
                values = new double[] {means.seconds(), means.usd(), -means.quality()};
            }
        }
        values[1] = costKnown ? values[1] : 0;
        return values;
    }

    /** The candidate in its arrangement; null where there is none, or it cannot be combined with the other options. */
    private @Nullable Placement placement(int[] candidate) {
        int[] structural = new int[candidate.length];
        int chosen = structural(candidate, structural);
        if (chosen < 0) {
            return null;
        }
        Optional<Arrangement> arrangement = space.arrangement(structural);
        if (arrangement.isEmpty()) {
            return null;
        }
        Placement found = placementIn(arrangement.get(), chosen == 0);
        return found.moveTo(candidate) ? found : null;
    }

    /** Copies the structural options, and counts them; below zero where some option needs a full replay. */
    private int structural(int[] candidate, int[] structural) {
        int chosen = 0;
        for (int decision = 0; decision < candidate.length; decision++) {
            if (candidate[decision] != 0 && clusterOf[decision] < 0) {
                if (space.partition().reaches()[decision] == OptionKind.Reach.WHOLE) {
                    return -1;
                }
                structural[decision] = candidate[decision];
                chosen++;
            }
        }
        return chosen;
    }

    private Placement placementIn(Arrangement arrangement, boolean base) {
        for (int i = placements.size() - 1; i >= 0; i--) {
            if (placements.get(i).isIn(arrangement)) {
                Placement known = placements.remove(i);
                placements.add(known);
                return known;
            }
        }
        Lane[] lanes = new Lane[space.partition().clusters().size()];
        for (int c = 0; c < lanes.length; c++) {
            lanes[c] = new Lane(space, c, arrangement, base);
        }
        if (placements.size() >= space.mostPlacements()) {
            placements.remove(0);
        }
        Placement made = new Placement(space, arrangement, lanes);
        placements.add(made);
        return made;
    }

    private double replayedScore(int[] candidate) {
        Means means = means(candidate);
        return means == null ? NO : space.score().of(means);
    }

    private @Nullable Means means(int[] candidate) {
        return space.replay(candidate).orElse(null);
    }
}

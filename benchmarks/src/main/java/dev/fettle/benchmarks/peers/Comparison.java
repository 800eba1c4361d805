package dev.fettle.benchmarks.peers;

import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All systems on one instance.
 *
 * @param standings the best median first, the faster first among equals
 * @param reference the score to which gaps are measured: the optimum if it is proved, else the best score known
 * @param proved whether the reference is an optimum that was proved, or stated by the caller
 * @param lowerBound that some system proved, or negative infinity
 */
record Comparison(
        String instance,
        double seconds,
        int seeds,
        List<Standing> standings,
        double reference,
        boolean proved,
        double lowerBound) {
    /** Scores are shown with eight places, and equal within them. */
    private static final double SAME = 1e-8;

    static Comparison of(
            String instance, ChoiceDag dag, List<Peer> peers, double seconds, List<Long> seeds, double optimum) {
        List<Standing> standings = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        double bound = Double.NEGATIVE_INFINITY;
        for (Peer peer : peers) {
            List<Standing.Run> runs = new ArrayList<>();
            for (long seed : seeds) {
                runs.add(Standing.run(peer, dag, seconds, seed));
            }
            Standing standing = new Standing(peer.name(), runs);
            standings.add(standing);
            best = Math.min(best, standing.least());
            for (Standing.Run run : runs) {
                bound = Math.max(bound, run.lowerBound());
            }
        }
        boolean given = !Double.isNaN(optimum);
        boolean proved = given || bound >= best - SAME;
        standings.sort(Comparator.comparingDouble(Standing::medianBest)
                .thenComparing(Comparator.comparingDouble(Standing::evaluationsPerSecond)
                        .reversed()));
        return new Comparison(
                instance, seconds, seeds.size(), standings, given ? optimum : best, proved, given ? optimum : bound);
    }

    /** How far a score is above the reference, as a part of the reference. */
    double gap(double score) {
        double gap = (score - reference) / Math.abs(reference);
        return Math.abs(score - reference) < SAME ? 0 : gap;
    }
}

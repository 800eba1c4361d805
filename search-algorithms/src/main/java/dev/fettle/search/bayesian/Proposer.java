package dev.fettle.search.bayesian;

import dev.fettle.search.bayesian.BayesianSettings.Acquisition;
import dev.fettle.search.bayesian.gp.GaussianProcess;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds the candidate with the best acquisition value: many candidates spread over the space and around the best one, then
 * from the most promising of them ever smaller random steps, as long as they lead up.
 */
final class Proposer {
    private static final int STARTS = 6;
    private static final int ROUNDS = 16;
    private static final int STEPS = 20;
    private static final double FIRST_RADIUS = 0.1;
    private static final double LAST_RADIUS = 2e-5;

    /** A candidate with its acquisition value. */
    private record Prospect(int[] candidate, double value) {}

    private final BayesianSettings settings;
    private final Encoding encoding;
    private final SplitMix random;

    Proposer(BayesianSettings settings, Encoding encoding, SplitMix random) {
        this.settings = settings;
        this.encoding = encoding;
        this.random = random;
    }

    /** The next candidate, none of those observed; empty where there seems to be none left. */
    int[] propose(
            GaussianProcess model, Acquisition acquisition, Incumbent incumbent, Map<List<Integer>, Double> observed) {
        List<int[]> candidates = new ArrayList<>(List.of(encoding.latinHypercube(settings.samples(), random)));
        for (int i = 0; i < settings.samples() / 4; i++) {
            double radius = FIRST_RADIUS * Math.pow(LAST_RADIUS / FIRST_RADIUS, random.uniform());
            candidates.add(encoding.near(incumbent.candidate(), radius, random));
        }
        List<Prospect> prospects = new ArrayList<>(rated(model, acquisition, incumbent.score(), candidates));
        prospects.sort(Comparator.comparingDouble(prospect -> -prospect.value()));
        List<Prospect> refined = new ArrayList<>();
        for (Prospect start : prospects.subList(0, Math.min(STARTS, prospects.size()))) {
            refined.add(climb(model, acquisition, incumbent.score(), start));
        }
        refined.addAll(prospects);
        refined.sort(Comparator.comparingDouble(prospect -> -prospect.value()));
        for (Prospect prospect : refined) {
            if (!observed.containsKey(Optimizer.key(prospect.candidate()))) {
                return prospect.candidate();
            }
        }
        return new int[0];
    }

    private Prospect climb(GaussianProcess model, Acquisition acquisition, double best, Prospect start) {
        Prospect top = start;
        double radius = FIRST_RADIUS;
        for (int round = 0; round < ROUNDS; round++) {
            List<int[]> steps = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                steps.add(encoding.near(top.candidate(), radius, random));
            }
            for (Prospect prospect : rated(model, acquisition, best, steps)) {
                top = prospect.value() > top.value() ? prospect : top;
            }
            radius *= Math.pow(LAST_RADIUS / FIRST_RADIUS, 1.0 / (ROUNDS - 1));
        }
        return top;
    }

    private List<Prospect> rated(GaussianProcess model, Acquisition acquisition, double best, List<int[]> candidates) {
        double[][] points = candidates.stream().map(encoding::point).toArray(double[][]::new);
        double[] means = new double[points.length];
        double[] deviations = new double[points.length];
        model.predict(points, means, deviations);
        List<Prospect> rated = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            double value = Improvement.of(acquisition, means[i], deviations[i], best, settings.confidence());
            rated.add(new Prospect(candidates.get(i), value));
        }
        return rated;
    }
}

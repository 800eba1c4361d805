package dev.fettle.core.plan;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.core.estimate.Means;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Judges every candidate by a full replay: slow and plain, what faster ways are checked against. */
final class ReferenceEvaluator implements CandidateEvaluator {
    private static final int MOST_REMEMBERED = 100_000;

    private final SuggestionSpace space;
    private final Map<String, double[]> remembered = new HashMap<>();
    private int[] current;

    ReferenceEvaluator(SuggestionSpace space) {
        this.space = space;
        this.current = space.baseline();
    }

    @Override
    public double reset(int[] candidate) {
        current = candidate.clone();
        return score();
    }

    @Override
    public double score() {
        return values(current)[0];
    }

    @Override
    public int option(int decision) {
        return current[decision];
    }

    @Override
    public double scoreWith(int decision, int option, double threshold) {
        int[] changed = current.clone();
        changed[decision] = option;
        return values(changed)[0];
    }

    @Override
    public double apply(int decision, int option) {
        current[decision] = option;
        return score();
    }

    @Override
    public double[] objectives() {
        double[] values = values(current);
        return new double[] {values[1], values[2], values[3]};
    }

    /** Score, seconds, USD, negated quality. */
    private double[] values(int[] candidate) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(Arrays.toString(candidate), key -> evaluate(candidate));
    }

    private double[] evaluate(int[] candidate) {
        Means means = space.estimator().means(space.suggestions(candidate)).orElse(null);
        if (means == null) {
            double no = Double.POSITIVE_INFINITY;
            return new double[] {no, no, no, no};
        }
        double usd = Double.isNaN(means.usd()) ? 0 : means.usd();
        return new double[] {space.score().of(means), means.seconds(), usd, -means.quality()};
    }
}

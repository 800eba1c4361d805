package dev.fettle.core.estimate;

import dev.fettle.api.search.CandidateEvaluator;

/**
 * What each option by itself would change, told from what was compiled, without a candidate being evaluated; for options
 * that take nodes out or arrange them anew, and for those that need a full replay, the change of the score that the ranking
 * of suggestions knows anyway.
 */
final class ExpectedEffects {
    private final CompiledSpace space;
    private final Arrangement base;
    private final TaskTimes[] times;
    private final CandidateEvaluator evaluator;
    private final double seconds;
    private final double usd;
    private final double quality;

    ExpectedEffects(CompiledSpace space) {
        this.space = space;
        this.evaluator = space.newEvaluator();
        this.base =
                space.arrangement(new int[space.partition().clusterOf().length]).orElseThrow();
        this.times = new TaskTimes[base.graphs().length];
        for (int t = 0; t < times.length; t++) {
            times[t] = recorded(t);
        }
        Means means = space.estimator().baseline();
        seconds = means.seconds();
        usd = means.usd();
        quality = means.quality();
    }

    private TaskTimes recorded(int trace) {
        TaskTimes recorded = new TaskTimes(base.graphs()[trace], space.unit(trace));
        double[] lengths = space.recordedSeconds()[trace];
        for (int step = 0; step < lengths.length; step++) {
            int task = recorded.graph().taskOfStep[step];
            if (task >= 0 && recorded.graph().contended[task] == null) {
                recorded.put(task, recorded.units(lengths[step]));
            }
        }
        recorded.refresh();
        return recorded;
    }

    /**
     * Changes of the score by duration if it were all on the critical path, and by everything else; and the slack of the
     * decision's steps, in units of the score.
     */
    synchronized double[] of(int decision, int option) {
        int index = space.partition().clusterOf()[decision];
        if (index < 0) {
            return evaluated(decision, option);
        }
        Cluster cluster = space.partition().clusters().get(index);
        Rows rows = space.rows(index, option * space.partition().radixOf()[decision]);
        if (rows.refused()) {
            return new double[] {0, Double.POSITIVE_INFINITY, 0};
        }
        if (rows.fate() != null) {
            return evaluated(decision, option);
        }
        Rows unchanged = space.rows(index, 0);
        double moreSeconds = 0;
        double moreUsd = 0;
        double moreQuality = 0;
        double slack = 0;
        for (int t = 0; t < times.length; t++) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                int task = times[t].graph().taskOfStep[cluster.steps[i].index];
                if (task >= 0) {
                    moreSeconds +=
                            base.weights()[t] * (rows.seconds()[i] - unchanged.seconds()[i]);
                    moreUsd += base.weights()[t] * (rows.usd()[i] - unchanged.usd()[i]);
                    least = Math.min(least, times[t].slack(task));
                }
            }
            slack += least < Double.POSITIVE_INFINITY ? base.weights()[t] * least : 0;
            moreQuality += rows.quality()[t] - unchanged.quality()[t];
        }
        int runs = times.length;
        return new double[] {
            score(moreSeconds / runs, 0, 0) - evaluator.score(),
            score(0, moreUsd / runs, moreQuality / runs) - evaluator.score(),
            score(slack / runs, 0, 0) - evaluator.score()
        };
    }

    private double[] evaluated(int decision, int option) {
        double change = option == 0 ? 0 : evaluator.scoreWith(decision, option) - evaluator.score();
        return new double[] {0, Double.isNaN(change) ? 0 : change, 0};
    }

    private double score(double moreSeconds, double moreUsd, double moreQuality) {
        return space.score().of(seconds + moreSeconds, usd + moreUsd, quality + moreQuality, base.memoryBytes());
    }
}

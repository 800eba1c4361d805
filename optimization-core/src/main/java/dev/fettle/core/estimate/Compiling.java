package dev.fettle.core.estimate;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.strategy.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The replays from which a compiled space is made. */
final class Compiling {
    private final ReplayEstimator estimator;
    private final List<ReplayTrace> traces;
    private final ReplaySettings settings;

    Compiling(ReplayEstimator estimator, List<ReplayTrace> traces, ReplaySettings settings) {
        this.estimator = estimator;
        this.traces = traces;
        this.settings = settings;
    }

    List<ReplayTrace> traces() {
        return traces;
    }

    Rows rows(Cluster cluster, List<Suggestion> chosen) {
        if (!(estimator.compose(chosen) instanceof ChangeResult.Applied applied)) {
            return Rows.REFUSED;
        }
        CandidateEffects effects = estimator.effects(applied.workflow(), chosen);
        int n = cluster.steps.length;
        Rows rows = new Rows(Rows.Kind.ROWS, new double[n], new double[n], new double[traces.size()]);
        for (int t = 0; t < traces.size(); t++) {
            TraceReplay replay = estimator.replay(traces.get(t), effects);
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                rows.seconds()[i] = replay.alone(cluster.steps[i]);
                rows.usd()[i] = replay.usd(cluster.steps[i]);
            }
            if (replay.decisive()) {
                return Rows.DECISIVE;
            }
            rows.quality()[t] = replay.quality() - 1;
        }
        return rows;
    }

    Optional<Arrangement> arrangement(List<Suggestion> chosen, Set<String> changing) {
        if (!(estimator.compose(chosen) instanceof ChangeResult.Applied applied)) {
            return Optional.empty();
        }
        CandidateEffects effects = estimator.effects(applied.workflow(), chosen);
        List<TraceOutcome> runs = traces.stream()
                .map(trace -> estimator.replay(trace, effects).run())
                .toList();
        double[] weights = RunOutcomes.weights(runs);
        double usd = 0;
        double memory = 0;
        TaskGraph[] graphs = new TaskGraph[weights.length];
        for (int t = 0; t < graphs.length; t++) {
            usd += weights[t] * runs.get(t).usd();
            memory = Math.max(memory, runs.get(t).memoryBytes());
            graphs[t] = TaskGraphs.compile(traces.get(t), effects, settings, changing);
        }
        return Optional.of(
                new Arrangement(applied.workflow(), applied.workflow().nodesById(), graphs, weights, usd, memory));
    }

    /** Recorded length of each step, as a replay without changes gives it, by trace and step. */
    double[][] recordedSeconds() {
        CandidateEffects none = estimator.effects(estimator.base(), List.of());
        double[][] seconds = new double[traces.size()][];
        for (int t = 0; t < seconds.length; t++) {
            TraceReplay replay = estimator.replay(traces.get(t), none);
            replay.run();
            seconds[t] =
                    traces.get(t).steps.stream().mapToDouble(replay::length).toArray();
        }
        return seconds;
    }
}

package dev.fettle.core.estimate;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.strategy.Suggestion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The replays from which a compiled space is made. */
final class Compiling {
    /** Candidates whose cache hits are remembered. */
    private static final int MOST_CACHED = 64;

    private final ReplayEstimator estimator;
    private final List<ReplayTrace> traces;
    private final ReplaySettings settings;
    private final RecordedEnds ends;

    /** By trace: the first one of the same form. */
    private final int[] firstOfForm;

    private final Map<List<List<Integer>>, TaskOrder> orders = new ConcurrentHashMap<>();

    /** Some hits that are known, the oldest first. */
    private final Queue<Cached> lastCached = new ConcurrentLinkedQueue<>();

    /** What the caches of a candidate answer, by trace. */
    private record Cached(CandidateEffects effects, List<CacheHits> hits) {}

    Compiling(ReplayEstimator estimator, List<ReplayTrace> traces, ReplaySettings settings) {
        this.estimator = estimator;
        this.traces = traces;
        this.settings = settings;
        this.ends = RecordedEnds.of(traces);
        this.firstOfForm = new int[traces.size()];
        Map<TraceForm, Integer> first = new HashMap<>();
        for (int t = 0; t < firstOfForm.length; t++) {
            firstOfForm[t] = Objects.requireNonNullElse(first.putIfAbsent(TraceForm.of(traces.get(t)), t), t);
        }
    }

    List<ReplayTrace> traces() {
        return traces;
    }

    RecordedEnds ends() {
        return ends;
    }

    Rows rows(Cluster cluster, List<Suggestion> chosen) {
        if (!(estimator.compose(chosen) instanceof ChangeResult.Applied applied)) {
            return Rows.REFUSED;
        }
        CandidateEffects effects = estimator.effects(applied.workflow(), chosen);
        int n = cluster.steps.length;
        double[] seconds = new double[n];
        double[] usd = new double[n];
        double[] quality = new double[traces.size()];
        boolean[] cut = new boolean[n];
        double[] rescued = new double[n];
        boolean decides = false;
        List<TraceReplay> replays = estimator.replays(effects, hits(effects));
        for (int t = 0; t < traces.size(); t++) {
            TraceReplay replay = replays.get(t);
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                Step step = cluster.steps[i];
                seconds[i] = replay.alone(step);
                usd[i] = replay.usd(step);
                cut[i] = replay.ends().cut(step);
                rescued[i] = replay.ends().rescued(step);
                decides |= cut[i] || (rescued[i] > 0 && step.holdsFailure());
            }
            quality[t] = replay.quality() - 1;
        }
        return new Rows(seconds, usd, quality, effects, decides ? new Fate(cut, rescued) : null);
    }

    /** By trace: what the candidate's caches answer; null where it has none. States of a cluster often have the same caches. */
    private @Nullable List<CacheHits> hits(CandidateEffects effects) {
        if (!effects.cached()) {
            return null;
        }
        for (Cached known : lastCached) {
            if (known.effects().sameCaches(effects)) {
                return known.hits();
            }
        }
        List<CacheHits> hits =
                traces.stream().map(trace -> CacheHits.of(trace, effects)).toList();
        if (lastCached.size() >= MOST_CACHED) {
            lastCached.poll();
        }
        lastCached.add(new Cached(effects, hits));
        return hits;
    }

    /**
     * @param partition of the decisions
     */
    Optional<Arrangement> arrangement(List<Suggestion> chosen, Partition partition) {
        if (!(estimator.compose(chosen) instanceof ChangeResult.Applied applied)) {
            return Optional.empty();
        }
        CandidateEffects effects = estimator.effects(applied.workflow(), chosen);
        int n = traces.size();
        double[] usd = new double[n];
        double[] rescued = new double[n];
        TaskGraph[] graphs = new TaskGraph[n];
        int[][] causes = new int[n][];
        @Nullable GraphPattern[] patterns = new GraphPattern[n];
        double memory = 0;
        List<TraceReplay> replays = estimator.replays(effects);
        for (int t = 0; t < n; t++) {
            TraceOutcome run = replays.get(t).runWithoutTimes();
            usd[t] = run.usd();
            rescued[t] = ends.completed().length == 0 ? 0 : run.rescued();
            memory = Math.max(memory, run.memoryBytes());
            graphs[t] = graph(t, effects, partition, patterns);
        }
        for (int t : ends.failed()) {
            causes[t] = causes(traces.get(t), effects, partition);
        }
        double[] weights = ends.weights(rescued);
        double weighted = 0;
        for (int t = 0; t < n; t++) {
            weighted += weights[t] * usd[t];
        }
        return Optional.of(new Arrangement(
                applied.workflow(),
                applied.workflow().nodesById(),
                effects,
                graphs,
                rescued,
                causes,
                weights,
                usd,
                weighted,
                memory));
    }

    /**
     * The graph of a trace, by the pattern of another trace of the same form if that fits.
     *
     * @param patterns known so far, by the first trace of their form
     */
    private TaskGraph graph(int t, CandidateEffects effects, Partition partition, @Nullable GraphPattern[] patterns) {
        ReplayTrace trace = traces.get(t);
        GraphPattern pattern = patterns[firstOfForm[t]];
        if (pattern == null || !pattern.fits(trace, settings)) {
            pattern = TaskGraphs.compile(trace, effects, settings, partition.changing(), orders);
            patterns[firstOfForm[t]] = pattern;
        }
        return pattern.graph(trace);
    }

    /** The clusters that hold what made a run fail; null where something else made it fail too, or nobody knows what. */
    private static int @Nullable [] causes(ReplayTrace trace, CandidateEffects effects, Partition partition) {
        boolean blamed = false;
        int[] found = new int[0];
        for (Step step : trace.steps) {
            if (!step.failedItself()) {
                continue;
            }
            blamed = true;
            boolean gone = false;
            for (Step outer = step; outer != null; outer = outer.parent) {
                gone |= effects.of(outer).gone();
            }
            int cluster = partition.clusterOfStep(step);
            if (!gone && cluster < 0) {
                return null;
            }
            if (!gone && Arrays.stream(found).noneMatch(known -> known == cluster)) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = cluster;
            }
        }
        return blamed ? found : null;
    }

    /** Recorded length of each step, as a replay without changes gives it, by trace and step. */
    double[][] recordedSeconds() {
        CandidateEffects none = estimator.effects(estimator.base(), List.of());
        double[][] seconds = new double[traces.size()][];
        List<TraceReplay> replays = estimator.replays(none);
        for (int t = 0; t < seconds.length; t++) {
            TraceReplay replay = replays.get(t);
            replay.run();
            seconds[t] =
                    traces.get(t).steps.stream().mapToDouble(replay::length).toArray();
        }
        return seconds;
    }
}

package dev.fettle.runtime.record;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records one run, or what in it runs {@linkplain #ahead ahead} of a decision. Safe for use by several threads. */
public final class TraceRecorder {
    private final RunClock clock;
    private final List<OpenOccurrence> occurrences;
    private final Map<String, OpenOccurrence> earlier;
    private final Map<String, Integer> iterations = new HashMap<>();
    private final @Nullable TraceRecorder outer;
    private final List<OpenOccurrence> own = new ArrayList<>();
    private boolean taken;
    private boolean lost;

    public TraceRecorder(RunClock clock) {
        this.clock = clock;
        this.occurrences = new ArrayList<>();
        this.earlier = new HashMap<>();
        this.outer = null;
    }

    private TraceRecorder(TraceRecorder outer) {
        this.clock = outer.clock;
        this.occurrences = outer.occurrences;
        this.earlier = outer.earlier;
        this.outer = outer;
    }

    /**
     * A recorder of the same trace for what runs ahead of a decision. Its runs of nodes count for no other's iteration until
     * it is taken.
     */
    public TraceRecorder ahead() {
        return new TraceRecorder(this);
    }

    /** The decision took what this recorder is for. */
    public void take() {
        synchronized (occurrences) {
            if (outer != null) {
                taken = true;
                iterations.forEach((path, runs) -> outer.iterations.merge(path, runs, Integer::sum));
                iterations.clear();
                outer.own.addAll(own);
            }
        }
    }

    /** The decision took something else: all that this recorder began, or still begins, is lost. */
    public void lose() {
        synchronized (occurrences) {
            lost = true;
            own.forEach(OpenOccurrence::lose);
        }
    }

    /**
     * Goes on with the trace of a paused run.
     *
     * @param before the occurrences so far
     * @param runs how often each node had run when the run came to the point from which it goes on
     */
    public TraceRecorder(RunClock clock, List<NodeOccurrence> before, Map<String, Integer> runs) {
        this(clock);
        for (NodeOccurrence occurrence : before) {
            OpenOccurrence open = new OpenOccurrence(clock, occurrence);
            occurrences.add(open);
            if (occurrence.status() == Status.OK || occurrence.status() == Status.PAUSED) {
                earlier.put(key(occurrence.node(), occurrence.iteration()), open);
            }
        }
        iterations.putAll(runs);
    }

    private static String key(String path, int iteration) {
        return iteration + " " + path;
    }

    /** How often each node has run. */
    public Map<String, Integer> iterations() {
        synchronized (occurrences) {
            return new TreeMap<>(iterations);
        }
    }

    public RunClock clock() {
        return clock;
    }

    /**
     * Begins an occurrence; its time starts here, unless it began before a pause.
     *
     * @param path of the node
     * @param parent the occurrence inside which it runs; null at the top level
     */
    public OpenOccurrence begin(String path, NodeKind kind, @Nullable OpenOccurrence parent) {
        synchronized (occurrences) {
            if (outer != null && taken) {
                return outer.begin(path, kind, parent);
            }
            int iteration = begun(path);
            iterations.merge(path, 1, Integer::sum);
            OpenOccurrence before = earlier.isEmpty() ? null : earlier.remove(key(path, iteration));
            if (before != null) {
                return before;
            }
            String id = Integer.toString(occurrences.size() + 1);
            NodeOccurrence.Builder builder = NodeOccurrence.builder(id, path)
                    .parent(parent == null ? null : parent.id())
                    .kind(kind)
                    .iteration(iteration);
            OpenOccurrence open =
                    new OpenOccurrence(clock, builder, id, path, parent == null ? null : parent.id(), iteration);
            occurrences.add(open);
            if (outer != null) {
                own.add(open);
            }
            if (lost) {
                open.lose();
            }
            return open;
        }
    }

    private int begun(String path) {
        return iterations.getOrDefault(path, 0) + (outer == null ? 0 : outer.begun(path));
    }

    /**
     * The trace of what was recorded. Where a recording answered calls, it is what would have been with the recorded times.
     *
     * @param workers how many members of blocks may run at a time
     */
    public ExecutionTrace trace(
            String runId, String workflow, Duration wallClock, Status status, @Nullable String inputHash, int workers) {
        List<NodeOccurrence> ended = new ArrayList<>();
        Map<String, OpenOccurrence> replayed = new HashMap<>();
        synchronized (occurrences) {
            for (OpenOccurrence open : occurrences) {
                ended.add(open.toOccurrence());
                replayed.put(open.id(), open);
            }
        }
        Duration added = Duration.ZERO;
        if (replayed.values().stream().anyMatch(open -> !open.added().isZero())) {
            ReplayedTimes times = new ReplayedTimes(ended, replayed, workers);
            ended = times.occurrences();
            added = times.added();
        }
        ended.sort(Comparator.comparing(NodeOccurrence::start));
        return new ExecutionTrace(
                runId, workflow, clock.startedAt(), wallClock.plus(added), status, true, inputHash, Map.of(), ended);
    }
}

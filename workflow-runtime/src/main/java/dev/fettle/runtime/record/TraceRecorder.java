package dev.fettle.runtime.record;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records one run. Safe for use by several threads. */
public final class TraceRecorder {
    private final RunClock clock;
    private final List<OpenOccurrence> occurrences = new ArrayList<>();
    private final Map<String, Integer> iterations = new HashMap<>();
    private final Map<String, OpenOccurrence> earlier = new HashMap<>();

    public TraceRecorder(RunClock clock) {
        this.clock = clock;
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
            int iteration = iterations.merge(path, 1, Integer::sum) - 1;
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
            return open;
        }
    }

    /**
     * Marks a run of a node, and all that ran inside it, as lost: it ran ahead of a condition that chose otherwise.
     *
     * @param path of the node
     */
    public void lose(String path, int iteration) {
        synchronized (occurrences) {
            Set<String> lost = new HashSet<>();
            for (OpenOccurrence open : occurrences) {
                boolean inside = open.parent() != null && lost.contains(open.parent());
                if (inside || (open.path().equals(path) && open.iteration() == iteration)) {
                    lost.add(open.id());
                    open.lose();
                }
            }
        }
    }

    /** How often the node has begun. */
    public int begun(String path) {
        synchronized (occurrences) {
            return iterations.getOrDefault(path, 0);
        }
    }

    /** The trace of what was recorded. */
    public ExecutionTrace trace(
            String runId, String workflow, Duration wallClock, Status status, @Nullable String inputHash) {
        List<NodeOccurrence> ended = new ArrayList<>();
        synchronized (occurrences) {
            occurrences.forEach(open -> ended.add(open.toOccurrence()));
        }
        ended.sort(Comparator.comparing(NodeOccurrence::start));
        return new ExecutionTrace(
                runId, workflow, clock.startedAt(), wallClock, status, true, inputHash, Map.of(), ended);
    }
}

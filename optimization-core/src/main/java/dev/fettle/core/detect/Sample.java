package dev.fettle.core.detect;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sampled traces of a profile, ready for questions about single runs. */
final class Sample {
    private static final double NANOS = 1e9;

    private final List<ExecutionTrace> traces;
    private final List<TraceTree> trees = new ArrayList<>();
    private final List<Map<String, Own>> own = new ArrayList<>();

    /** What one node did in one run: its own time, without that of what ran inside it, and how often it ran. */
    private static final class Own {
        private double seconds;
        private int count;
    }

    private Sample(List<ExecutionTrace> traces) {
        this.traces = traces;
    }

    static Sample of(PerformanceProfile profile) {
        return new Sample(profile.sample());
    }

    List<ExecutionTrace> traces() {
        return traces;
    }

    List<TraceTree> trees() {
        if (trees.isEmpty()) {
            traces.forEach(trace -> trees.add(TraceTree.of(trace)));
        }
        return trees;
    }

    /** Seconds of the node itself for each occurrence, over the runs in which it occurs. */
    Interval meanExclusive(String node) {
        return ratio(node, false);
    }

    /** The node's own time as a part of the wall clock. */
    Interval share(String node) {
        return ratio(node, true);
    }

    private Interval ratio(String node, boolean ofWallClock) {
        List<double[]> runs = new ArrayList<>();
        List<Map<String, Own>> times = own();
        for (int t = 0; t < times.size(); t++) {
            Own time = times.get(t).get(node);
            if (ofWallClock) {
                double seconds = time == null ? 0 : time.seconds;
                runs.add(new double[] {seconds, Figures.seconds(traces.get(t).wallClock())});
            } else if (time != null) {
                runs.add(new double[] {time.seconds, time.count});
            }
        }
        return Interval.ratio(
                runs.stream().mapToDouble(run -> run[0]).toArray(),
                runs.stream().mapToDouble(run -> run[1]).toArray());
    }

    /** By run and node, found in one walk for all nodes. */
    private List<Map<String, Own>> own() {
        if (own.isEmpty()) {
            for (TraceTree tree : trees()) {
                Map<String, Own> times = new HashMap<>();
                for (int i = 0; i < tree.size(); i++) {
                    Own time = times.computeIfAbsent(tree.occurrence(i).node(), node -> new Own());
                    time.seconds += tree.exclusive(i) / NANOS;
                    time.count++;
                }
                own.add(times);
            }
        }
        return own;
    }

    /** Whether the node's failures were all failures of something inside it. */
    boolean failsOnlyWithin(String node) {
        int failures = 0;
        for (TraceTree tree : trees()) {
            boolean[] failedInside = new boolean[tree.size()];
            for (int i = 0; i < tree.size(); i++) {
                if (tree.parent(i) >= 0 && failed(tree, i)) {
                    failedInside[tree.parent(i)] = true;
                }
            }
            for (int i = 0; i < tree.size(); i++) {
                if (tree.occurrence(i).node().equals(node) && failed(tree, i)) {
                    failures++;
                    if (!failedInside[i]) {
                        return false;
                    }
                }
            }
        }
        return failures > 0;
    }

    private static boolean failed(TraceTree tree, int index) {
        return tree.occurrence(index).status() == Status.ERROR;
    }
}

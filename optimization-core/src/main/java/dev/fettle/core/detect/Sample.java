package dev.fettle.core.detect;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.List;

/** The sampled traces of a profile, ready for questions about single runs. */
final class Sample {
    private static final double NANOS = 1e9;

    private final List<ExecutionTrace> traces;
    private final List<TraceTree> trees = new ArrayList<>();

    private Sample(List<ExecutionTrace> traces) {
        this.traces = traces;
        traces.forEach(trace -> trees.add(TraceTree.of(trace)));
    }

    static Sample of(PerformanceProfile profile) {
        return new Sample(profile.sample());
    }

    List<ExecutionTrace> traces() {
        return traces;
    }

    List<TraceTree> trees() {
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
        for (int t = 0; t < trees.size(); t++) {
            TraceTree tree = trees.get(t);
            double seconds = 0;
            int count = 0;
            for (int i = 0; i < tree.size(); i++) {
                if (tree.occurrence(i).node().equals(node)) {
                    seconds += tree.exclusive(i) / NANOS;
                    count++;
                }
            }
            if (ofWallClock) {
                runs.add(new double[] {seconds, Figures.seconds(traces.get(t).wallClock())});
            } else if (count > 0) {
                runs.add(new double[] {seconds, count});
            }
        }
        return Interval.ratio(
                runs.stream().mapToDouble(run -> run[0]).toArray(),
                runs.stream().mapToDouble(run -> run[1]).toArray());
    }

    /** Whether the node's failures were all failures of something inside it. */
    boolean failsOnlyWithin(String node) {
        int failures = 0;
        for (TraceTree tree : trees) {
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

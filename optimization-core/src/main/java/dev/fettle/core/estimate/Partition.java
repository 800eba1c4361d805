package dev.fettle.core.estimate;

import dev.fettle.api.strategy.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sorts decisions by what their options do, and those that change single nodes into clusters that share no step.
 *
 * @param reaches by decision: the farthest of its options
 * @param clusterOf by decision: position of its cluster, or -1
 * @param radixOf by decision: what one more option adds to the state of its cluster
 * @param changing nodes that some option changes
 * @param clusterOfTask by step of a cluster
 */
record Partition(
        OptionKind.Reach[] reaches,
        int[] clusterOf,
        int[] radixOf,
        int[] optionCounts,
        List<Cluster> clusters,
        Set<String> changing,
        Map<Step, Integer> clusterOfTask) {
    /** Decisions whose combinations are more than this are replayed in full. */
    private static final long MOST_STATES = 1 << 13;

    static Partition of(ReplayEstimator estimator, List<ReplayTrace> traces, List<List<Suggestion>> options) {
        int n = options.size();
        OptionKind.Reach[] reaches = new OptionKind.Reach[n];
        List<Set<String>> nodes = new ArrayList<>();
        Set<String> changing = new LinkedHashSet<>();
        for (int decision = 0; decision < n; decision++) {
            Set<String> touched = new LinkedHashSet<>();
            Set<OptionKind.Reach> kinds = EnumSet.noneOf(OptionKind.Reach.class);
            for (Suggestion suggestion : options.get(decision)) {
                OptionKind kind =
                        OptionKind.of(estimator.recorded(), suggestion, estimator.compose(List.of(suggestion)));
                touched.addAll(kind.nodes());
                kinds.add(kind.reach());
            }
            // one decision is handled in one way, and only a full replay covers all kinds of option
            OptionKind.Reach reach = kinds.size() == 1 ? kinds.iterator().next() : OptionKind.Reach.WHOLE;
            reaches[decision] = reach;
            nodes.add(touched);
            changing.addAll(touched);
        }
        return new Builder(traces, options, reaches, nodes, changing).build();
    }

    /** The cluster that may change a step or what holds it; -1 where there is none. */
    int clusterOfStep(Step step) {
        return clusterOfTask.getOrDefault(TaskGraphs.task(step, changing), -1);
    }

    private static final class Builder {
        private final List<ReplayTrace> traces;
        private final List<List<Suggestion>> options;
        private final OptionKind.Reach[] reaches;
        private final List<Set<String>> nodes;
        private final Set<String> changing;
        private final int[] joined;

        Builder(
                List<ReplayTrace> traces,
                List<List<Suggestion>> options,
                OptionKind.Reach[] reaches,
                List<Set<String>> nodes,
                Set<String> changing) {
            this.traces = traces;
            this.options = options;
            this.reaches = reaches;
            this.nodes = nodes;
            this.changing = changing;
            this.joined = new int[options.size()];
            Arrays.setAll(joined, i -> i);
        }

        Partition build() {
            joinThroughSteps();
            Map<Integer, List<Integer>> byRoot = new TreeMap<>();
            for (int decision = 0; decision < reaches.length; decision++) {
                if (reaches[decision] == OptionKind.Reach.LOCAL) {
                    byRoot.computeIfAbsent(root(decision), absent -> new ArrayList<>())
                            .add(decision);
                }
            }
            int[] counts = options.stream().mapToInt(list -> list.size() + 1).toArray();
            int[] clusterOf = new int[reaches.length];
            int[] radixOf = new int[reaches.length];
            Arrays.fill(clusterOf, -1);
            List<Cluster> clusters = new ArrayList<>();
            for (List<Integer> members : byRoot.values()) {
                int[] decisions = members.stream().mapToInt(Integer::intValue).toArray();
                int[] own = Arrays.stream(decisions).map(i -> counts[i]).toArray();
                if (Cluster.states(own) > MOST_STATES) {
                    members.forEach(decision -> reaches[decision] = OptionKind.Reach.WHOLE);
                    continue;
                }
                Cluster cluster = new Cluster(decisions, own, steps(decisions));
                for (int i = 0; i < decisions.length; i++) {
                    clusterOf[decisions[i]] = clusters.size();
                    radixOf[decisions[i]] = cluster.radixes[i];
                }
                clusters.add(cluster);
            }
            Map<Step, Integer> clusterOfTask = new HashMap<>();
            for (int c = 0; c < clusters.size(); c++) {
                for (Step step : clusters.get(c).steps) {
                    clusterOfTask.put(step, c);
                }
            }
            return new Partition(reaches, clusterOf, radixOf, counts, clusters, changing, clusterOfTask);
        }

        private void joinThroughSteps() {
            Map<String, List<Integer>> byNode = new HashMap<>();
            for (int decision = 0; decision < reaches.length; decision++) {
                if (reaches[decision] == OptionKind.Reach.LOCAL) {
                    for (String node : nodes.get(decision)) {
                        byNode.computeIfAbsent(node, absent -> new ArrayList<>())
                                .add(decision);
                    }
                }
            }
            byNode.values().forEach(sharing -> sharing.forEach(decision -> join(sharing.get(0), decision)));
            for (ReplayTrace trace : traces) {
                Map<Step, Integer> first = new HashMap<>();
                for (Step step : trace.steps) {
                    List<Integer> touching = byNode.get(step.node());
                    if (touching != null) {
                        Step task = TaskGraphs.task(step, changing);
                        Integer other = first.putIfAbsent(task, touching.get(0));
                        if (other != null) {
                            join(other, touching.get(0));
                        }
                    }
                }
            }
        }

        private int root(int decision) {
            int root = decision;
            while (joined[root] != root) {
                root = joined[root];
            }
            return root;
        }

        private void join(int a, int b) {
            int first = Math.min(root(a), root(b));
            int second = Math.max(root(a), root(b));
            joined[second] = first;
        }

        private List<List<Step>> steps(int[] decisions) {
            Set<String> touched = new LinkedHashSet<>();
            for (int decision : decisions) {
                touched.addAll(nodes.get(decision));
            }
            List<List<Step>> byTrace = new ArrayList<>();
            for (ReplayTrace trace : traces) {
                Set<Step> tasks = new LinkedHashSet<>();
                for (Step step : trace.steps) {
                    if (touched.contains(step.node())) {
                        tasks.add(TaskGraphs.task(step, changing));
                    }
                }
                byTrace.add(List.copyOf(tasks));
            }
            return byTrace;
        }
    }
}

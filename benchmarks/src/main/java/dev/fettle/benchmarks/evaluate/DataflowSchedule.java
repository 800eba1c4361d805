package dev.fettle.benchmarks.evaluate;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.model.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The makespan that the replay estimator predicts for a dataflow block of all tasks, from a trace in which they ran one
 * after the other. Tasks need each other through the state keys that they write and read.
 */
final class DataflowSchedule {
    private DataflowSchedule() {}

    /** All nodes of a chain as one dataflow block. */
    private record IntoBlock() implements WorkflowChange {
        @Override
        public ChangeResult apply(Workflow workflow) {
            Node block = Node.builder(
                            "block", new NodeBody.Parallel(workflow.nodes(), ErrorStrategy.FAIL_FAST, Map.of()))
                    .effects(Effects.NONE)
                    .build();
            return new ChangeResult.Applied(
                    workflow.withNodes(List.of(block)).withEdges(List.of()).withEntry("block"));
        }

        @Override
        public String describe() {
            return "run all tasks as a dataflow block";
        }
    }

    /** Seconds of the whole block on so many workers, each of which runs one task at a time. */
    static double predict(WorkflowInstance instance, int workers) {
        Suggestion block = new Suggestion(
                "block",
                "evaluation",
                "create_parallel_node",
                List.of("0"),
                "block",
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "all tasks as a dataflow block",
                List.of(new Evidence("recorded tasks", instance.size(), 1, 1, 1)),
                List.of(new IntoBlock()),
                List.of(),
                1);
        return new ReplayEstimator(
                        workflow(instance), List.of(trace(instance)), Catalogue.standard(), ReplaySettings.of(workers))
                .means(List.of(block))
                .orElseThrow()
                .seconds();
    }

    private static Workflow workflow(WorkflowInstance instance) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < instance.size(); i++) {
            List<String> reads = new ArrayList<>();
            for (int parent : instance.parents()[i]) {
                reads.add("out-" + parent);
            }
            nodes.add(Node.builder(String.valueOf(i), new NodeBody.Function("task"))
                    .state(reads, List.of("out-" + i))
                    .effects(Effects.NONE)
                    .build());
            if (i > 0) {
                edges.add(Edge.of(String.valueOf(i - 1), String.valueOf(i)));
            }
        }
        return new Workflow("instance", "0", Set.of(), Set.of(), nodes, edges, List.of(), false);
    }

    private static ExecutionTrace trace(WorkflowInstance instance) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        Duration now = Duration.ZERO;
        for (int i = 0; i < instance.size(); i++) {
            Duration length = Duration.ofNanos(Math.round(instance.seconds()[i] * 1e9));
            occurrences.add(NodeOccurrence.builder("o" + i, String.valueOf(i))
                    .start(now)
                    .duration(length)
                    .build());
            now = now.plus(length);
        }
        return new ExecutionTrace(
                "sequential", "instance", Instant.EPOCH, now, Status.OK, true, null, Map.of(), occurrences);
    }
}

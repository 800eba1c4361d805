package dev.fettle.benchmarks.policy;

import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Source;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.plan.SuggestionSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A chain of nodes that read from some nodes before them, runs of it whose times and costs differ, and suggestions: levels
 * that trade time, cost and quality, nodes to take out, and stretches to run in parallel. The same for the same seed.
 */
public final class GeneratedWorkflow {
    private static final int LONGEST_STRETCH = 6;

    private final SplittableRandom random;
    private final Workflow workflow;
    private final List<ExecutionTrace> runs = new ArrayList<>();
    private final List<Suggestion> suggestions = new ArrayList<>();

    public GeneratedWorkflow(long seed, int nodes, int traces) {
        random = new SplittableRandom(seed);
        workflow = chain(nodes);
        double[] seconds = new double[nodes];
        double[] usd = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            seconds[node] = Math.exp(random.nextGaussian());
            usd[node] = Math.exp(random.nextGaussian());
        }
        for (int run = 0; run < traces; run++) {
            runs.add(run(run, seconds, usd));
        }
        for (int node = 0; node < nodes; node++) {
            suggest(node);
        }
        for (int stretch = 0; stretch < nodes / 3; stretch++) {
            stretch(nodes, stretch);
        }
    }

    public Workflow workflow() {
        return workflow;
    }

    public List<ExecutionTrace> runs() {
        return List.copyOf(runs);
    }

    /** The combinations of its suggestions, with random weights of duration, cost and quality. */
    public SearchProblem problem() {
        double duration = random.nextDouble(0.2, 1);
        double cost = random.nextDouble(0, 1);
        double quality = random.nextDouble(0, 1);
        return new SuggestionSpace(
                new ReplayEstimator(workflow, runs, new FreeModels(), ReplaySettings.of(4)),
                suggestions,
                new Objective(duration, cost, quality),
                new Constraints(
                        RiskLevel.HIGH,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        Set.of(),
                        0));
    }

    private Workflow chain(int count) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            List<String> reads = new ArrayList<>();
            for (int before = Math.max(0, node - LONGEST_STRETCH); before < node; before++) {
                if (random.nextInt(LONGEST_STRETCH) == 0) {
                    reads.add("k" + before);
                }
            }
            nodes.add(Node.builder("n" + node, new NodeBody.Function("work"))
                    .state(reads, List.of("k" + node))
                    .effects(Effects.NONE)
                    .build());
            if (node > 0) {
                edges.add(Edge.of("n" + (node - 1), "n" + node));
            }
        }
        return new Workflow("generated", "n0", Set.of(), Set.of("k" + (count - 1)), nodes, edges, List.of(), false);
    }

    private ExecutionTrace run(int run, double[] seconds, double[] usd) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        double now = 0;
        for (int node = 0; node < seconds.length; node++) {
            Duration start = duration(now);
            Duration length = duration(seconds[node] * Math.exp(0.4 * random.nextGaussian()));
            double paid = usd[node] * Math.exp(0.4 * random.nextGaussian());
            occurrences.add(NodeOccurrence.builder("n" + node + "@" + run, "n" + node)
                    .start(start)
                    .duration(length)
                    .toolCalls(List.of(new ToolCall(
                            "charge", null, null, start, Duration.ZERO, Status.OK, null, null, paid, null)))
                    .build());
            now += length.toNanos() / 1e9 + 0.01 * random.nextDouble();
        }
        return new ExecutionTrace(
                "run-" + run, "generated", Instant.EPOCH, duration(now), Status.OK, true, null, Map.of(), occurrences);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private void suggest(int node) {
        int levels = random.nextInt(4);
        for (int level = 0; level < levels; level++) {
            double slowness = random.nextDouble(0.4, 1.6);
            double price = Math.max(0.2, 2 - slowness + 0.3 * random.nextGaussian());
            double quality = 1 - 0.02 * random.nextDouble();
            add(
                    "level" + level + ":n" + node,
                    "level:n" + node,
                    new SetParameter("n" + node, "level", level),
                    List.of(new ExpectedOutcome(
                            "n" + node,
                            null,
                            Amount.factor(slowness, slowness, slowness),
                            Amount.factor(price, price, price),
                            Amount.factor(quality, quality, quality),
                            Source.ESTIMATED,
                            "generated")));
        }
        if (random.nextInt(8) == 0) {
            add("remove:n" + node, "remove:n" + node, new RemoveNode("n" + node), List.of());
        }
    }

    private void stretch(int nodes, int number) {
        int length = 2 + random.nextInt(LONGEST_STRETCH - 1);
        int from = random.nextInt(Math.max(1, nodes - length));
        List<String> members = new ArrayList<>();
        for (int node = from; node < Math.min(nodes, from + length); node++) {
            members.add("n" + node);
        }
        add(
                "block" + number,
                "block" + number,
                new Parallelize("block" + number, members, NodeBody.ErrorStrategy.FAIL_FAST),
                List.of());
    }

    private void add(String id, String decision, WorkflowChange change, List<ExpectedOutcome> outcomes) {
        suggestions.add(new Suggestion(
                id,
                "generated",
                "generated",
                List.of(),
                decision,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "generated",
                List.of(new Evidence("generated", 1, 1, 1, 1)),
                List.of(change),
                outcomes,
                1));
    }
}

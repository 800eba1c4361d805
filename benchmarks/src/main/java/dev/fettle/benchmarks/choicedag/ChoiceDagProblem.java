package dev.fettle.benchmarks.choicedag;

import dev.fettle.api.change.SetParameter;
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
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.plan.SuggestionSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An instance as a workflow with suggestions: its nodes are members of one dataflow block, one run of it is recorded with a
 * first option for each node, and every other option is a suggestion that sets a parameter and states what the node takes
 * then. From there on it is a search problem like any other.
 */
public final class ChoiceDagProblem {
    private static final String BLOCK = "block";

    private final ChoiceDag dag;

    /** By node: the option that the recorded run took. */
    private final int[] recorded;

    private final SuggestionSpace space;

    public ChoiceDagProblem(ChoiceDag dag) {
        this.dag = dag;
        this.recorded = recordedOptions();
        ReplayEstimator estimator = new ReplayEstimator(
                workflow(), List.of(trace()), new FreeModels(), ReplaySettings.of(Double.POSITIVE_INFINITY));
        this.space = new SuggestionSpace(estimator, suggestions(), objective(estimator), constraints());
    }

    public SearchProblem problem() {
        return space;
    }

    /** The option of each node in the instance's own numbering. */
    public int[] choices(int[] candidate) {
        int[] choices = recorded.clone();
        for (Suggestion suggestion : space.suggestions(candidate)) {
            SetParameter change = (SetParameter) suggestion.changes().get(0);
            choices[Integer.parseInt(change.node().substring(1))] = ((Number) change.value()).intValue();
        }
        return choices;
    }

    /** The first options, unless these cost nothing or give nothing: a ratio to the baseline needs one above zero. */
    private int[] recordedOptions() {
        int[] first = new int[dag.nodes()];
        if (sum(first, true) > 0 && sum(first, false) > 0) {
            return first;
        }
        for (int node = 0; node < first.length; node++) {
            List<ChoiceDag.Option> own = dag.options().get(node);
            for (int option = 1; option < own.size(); option++) {
                ChoiceDag.Option best = own.get(first[node]);
                if (own.get(option).cost() + own.get(option).quality() > best.cost() + best.quality()) {
                    first[node] = option;
                }
            }
        }
        return first;
    }

    private long sum(int[] choices, boolean cost) {
        long sum = 0;
        for (int node = 0; node < choices.length; node++) {
            ChoiceDag.Option option = dag.options().get(node).get(choices[node]);
            sum += cost ? option.cost() : option.quality();
        }
        return sum;
    }

    private static String id(int node) {
        return "n" + node;
    }

    private Workflow workflow() {
        List<Node> members = new ArrayList<>();
        for (int node = 0; node < dag.nodes(); node++) {
            List<String> reads = new ArrayList<>();
            for (int parent : dag.parents().get(node)) {
                reads.add("k" + parent);
            }
            members.add(Node.builder(id(node), new NodeBody.Function("choose"))
                    .state(reads, List.of("k" + node))
                    .effects(Effects.NONE)
                    .build());
        }
        NodeBody body = new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, Map.of());
        Node block = Node.builder(BLOCK, body)
                .state(
                        List.of(),
                        members.stream()
                                .map(member -> "k" + member.id().substring(1))
                                .toList())
                .effects(Effects.NONE)
                .build();
        return new Workflow("choice-dag", BLOCK, Set.of(), Set.of(), List.of(block), List.of(), List.of(), false);
    }

    private ExecutionTrace trace() {
        List<NodeOccurrence> members = new ArrayList<>();
        long[] ends = new long[dag.nodes()];
        long makespan = 0;
        for (int node = 0; node < ends.length; node++) {
            ChoiceDag.Option option = dag.options().get(node).get(recorded[node]);
            long start = 0;
            for (int parent : dag.parents().get(node)) {
                start = Math.max(start, ends[parent]);
            }
            ends[node] = start + option.duration();
            makespan = Math.max(makespan, ends[node]);
            members.add(NodeOccurrence.builder("o" + node, id(node))
                    .parent(BLOCK)
                    .start(Duration.ofSeconds(start))
                    .duration(Duration.ofSeconds(option.duration()))
                    .toolCalls(List.of(cost(start, option.cost())))
                    .build());
        }
        Duration wallClock = Duration.ofSeconds(makespan);
        List<NodeOccurrence> occurrences = new ArrayList<>();
        occurrences.add(NodeOccurrence.builder(BLOCK, BLOCK)
                .kind(NodeKind.PARALLEL)
                .duration(wallClock)
                .build());
        occurrences.addAll(members);
        return new ExecutionTrace(
                "run", "choice-dag", Instant.EPOCH, wallClock, Status.OK, true, null, Map.of(), occurrences);
    }

    /** Money is spent by calls: each node makes one, which takes no time. */
    private static ToolCall cost(long start, long usd) {
        return new ToolCall(
                "charge",
                null,
                null,
                Duration.ofSeconds(start),
                Duration.ZERO,
                Status.OK,
                null,
                null,
                (double) usd,
                null);
    }

    private List<Suggestion> suggestions() {
        List<Suggestion> suggestions = new ArrayList<>();
        double wholeQuality = sum(recorded, false);
        for (int node = 0; node < dag.nodes(); node++) {
            List<ChoiceDag.Option> own = dag.options().get(node);
            for (int option = 0; option < own.size(); option++) {
                if (option != recorded[node]) {
                    suggestions.add(suggestion(node, option, own, wholeQuality));
                }
            }
        }
        return suggestions;
    }

    private Suggestion suggestion(int node, int option, List<ChoiceDag.Option> own, double wholeQuality) {
        ChoiceDag.Option chosen = own.get(option);
        // losses of quality add up: as parts of the whole, they add up to its relative quality
        double gained = chosen.quality() - own.get(recorded[node]).quality();
        double quality = wholeQuality > 0 ? 1 + gained / wholeQuality : 1;
        ExpectedOutcome outcome = new ExpectedOutcome(
                id(node),
                null,
                Amount.absolute((double) chosen.duration()),
                Amount.absolute((double) chosen.cost()),
                Amount.absolute(quality),
                Source.ASSUMED,
                "the instance");
        return new Suggestion(
                id(node) + "=" + option,
                "choice-dag",
                "set_parameter",
                List.of(id(node)),
                id(node),
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "an option of the instance",
                List.of(new Evidence("the instance", 1, 1, 0, 0)),
                List.of(new SetParameter(id(node), "option", option)),
                List.of(outcome),
                1);
    }

    /** Weights on ratios to the recorded run that give the instance's score. */
    private Objective objective(ReplayEstimator estimator) {
        double scale = dag.scale();
        return new Objective(
                dag.durationWeight() * estimator.baseline().seconds() / scale,
                dag.costWeight() * estimator.baseline().usd() / scale,
                dag.qualityWeight() * (double) sum(recorded, false) / scale);
    }

    private static Constraints constraints() {
        return new Constraints(
                RiskLevel.HIGH,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Set.of(),
                0);
    }
}

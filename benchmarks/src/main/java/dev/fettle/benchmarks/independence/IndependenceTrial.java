package dev.fettle.benchmarks.independence;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.discover.WorkflowDiscovery;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.profile.ProfileAccumulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Asks the strategies about recorded runs and judges the pairs that they would let run at once. */
final class IndependenceTrial {
    /** Those for which strategies let work run at the same time. */
    private static final List<String> TYPES =
            List.of(BottleneckTypes.SLOW_NODE, BottleneckTypes.DOMINANT_NODE, BottleneckTypes.HIDDEN_SEQUENTIAL_WORK);

    private final ModelCatalogue models = Catalogue.standard();
    private final Map<String, List<RawSpan>> spans = new HashMap<>();
    private final Set<SuggestedPairs.Pair> suggested = new HashSet<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private long pairs;
    private long dependent;
    private long suggestions;

    /** A pair that was suggested although the later call needs the earlier one. */
    record Wrong(String suggestion, SuggestedPairs.Pair pair, String reason) {}

    /** Takes a run in and judges all pairs of its calls. */
    void look(ExecutionTrace run, List<RawSpan> recorded) {
        spans.put(run.id(), recorded);
        RecordedFlow flow = new RecordedFlow(recorded);
        for (SuggestedPairs.Pair pair : SuggestedPairs.sequential(recorded)) {
            pairs++;
            dependent += flow.shown(pair.earlier(), pair.later()) == null ? 0 : 1;
        }
    }

    /** Asks about these runs together. */
    void ask(List<ExecutionTrace> runs) {
        WorkflowDiscovery discovery = new WorkflowDiscovery();
        ProfileAccumulator accumulator = new ProfileAccumulator();
        runs.forEach(discovery::add);
        runs.forEach(accumulator::add);
        Workflow workflow = withoutEffects(discovery.workflow());
        PerformanceProfile profile = accumulator.profile(models, workflow.tools());
        List<Bottleneck> asked = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            for (String type : TYPES) {
                asked.add(asked(type, node));
            }
        }
        for (OptimizationStrategy strategy :
                ServiceLoader.load(OptimizationStrategy.class, IndependenceTrial.class.getClassLoader())) {
            List<Bottleneck> relevant =
                    asked.stream().filter(strategy::appliesTo).toList();
            StrategyContext context = new StrategyContext(
                    workflow, profile, relevant, models, ToolTrials.NONE, strategy.defaultSettings());
            for (Suggestion suggestion : strategy.suggest(context)) {
                suggestions++;
                runs.forEach(run -> judge(suggestion, run));
            }
        }
    }

    /** No detector decides what strategies are asked about. */
    private static Bottleneck asked(String type, Node node) {
        return new Bottleneck(
                type,
                Severity.LOW,
                node.id(),
                null,
                List.of(),
                "share",
                0,
                0,
                new Evidence("asked about every node", 1, 1, 0, 0),
                "");
    }

    private void judge(Suggestion suggestion, ExecutionTrace run) {
        List<RawSpan> recorded = spans.getOrDefault(run.id(), List.of());
        RecordedFlow flow = new RecordedFlow(recorded);
        for (SuggestedPairs.Pair pair : new SuggestedPairs(run, recorded).of(suggestion)) {
            String reason = flow.shown(pair.earlier(), pair.later());
            if (suggested.add(pair) && reason != null) {
                wrong.add(new Wrong(suggestion.id(), pair, reason));
            }
        }
    }

    private static Workflow withoutEffects(Workflow found) {
        List<ToolSpec> tools = found.tools().stream()
                .map(tool -> new ToolSpec(
                        tool.name(),
                        tool.capabilities(),
                        tool.runner(),
                        Effects.NONE,
                        tool.arguments(),
                        tool.usdPerCall(),
                        true))
                .toList();
        List<Node> nodes =
                found.nodes().stream().map(IndependenceTrial::withoutEffects).toList();
        return new Workflow(
                found.id(), found.entry(), found.inputs(), found.outputs(), nodes, found.edges(), tools, true);
    }

    private static Node withoutEffects(Node node) {
        NodeBody body = node.body();
        if (body instanceof NodeBody.Agent) {
            body = new NodeBody.Function(null);
        } else if (body instanceof NodeBody.Parallel parallel) {
            List<Node> members = parallel.members().stream()
                    .map(IndependenceTrial::withoutEffects)
                    .toList();
            body = new NodeBody.Parallel(members, parallel.onError(), parallel.reducers());
        }
        return node.toBuilder().body(body).effects(Effects.NONE).build();
    }

    long runs() {
        return spans.size();
    }

    long pairs() {
        return pairs;
    }

    long dependent() {
        return dependent;
    }

    /** Of any kind. */
    long suggestions() {
        return suggestions;
    }

    long suggested() {
        return suggested.size();
    }

    List<Wrong> wrong() {
        return List.copyOf(wrong);
    }
}

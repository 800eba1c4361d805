package dev.fettle.strategies.advanced.parameters;

import dev.fettle.api.change.SetParameter;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A limit on what an agent may use up, learned from outcomes: successes never needed more than so much, and failures used
 * more. Only failures are cut, as far as was recorded.
 */
final class SuccessLimit {
    private static final Set<String> TYPES = Set.of(
            BottleneckTypes.EXPENSIVE_NODE,
            BottleneckTypes.SLOW_NODE,
            BottleneckTypes.DOMINANT_NODE,
            BottleneckTypes.UNRELIABLE_NODE,
            BottleneckTypes.LOOP_WITHOUT_PROGRESS);

    private final OptimizationStrategy strategy;
    private final String parameter;
    private final String unit;
    private final ToLongFunction<NodeOccurrence> used;
    private final ToLongFunction<AgentParameters> limit;

    /**
     * @param unit what is counted, as in {@code model calls}
     * @param used how much an occurrence used
     * @param limit that is there; {@link Long#MAX_VALUE} for none
     */
    SuccessLimit(
            OptimizationStrategy strategy,
            String parameter,
            String unit,
            ToLongFunction<NodeOccurrence> used,
            ToLongFunction<AgentParameters> limit) {
        this.strategy = strategy;
        this.parameter = parameter;
        this.unit = unit;
        this.used = used;
        this.limit = limit;
    }

    /** Whether a limit on what an agent uses up could help. */
    static boolean concerns(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    List<Suggestion> suggest(StrategyContext context) {
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> named = Named.nodes(context.bottlenecks());
        SampledRuns runs = SampledRuns.of(context.profile(), named);
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (context.holds(id, node.kind() == NodeKind.AGENT, "is no agent")) {
                suggest(context, node, runs.occurrences(id), suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context, Node node, List<NodeOccurrence> recorded, List<Suggestion> suggestions) {
        LimitSettings settings = context.settings(LimitSettings.class);
        List<NodeOccurrence> succeeded =
                recorded.stream().filter(one -> one.status() == Status.OK).toList();
        long needed = succeeded.stream().mapToLong(used).max().orElse(0);
        long allowed = (long) Math.ceil(needed * (1 + settings.margin()));
        List<NodeOccurrence> beyond = recorded.stream()
                .filter(one -> one.status() == Status.ERROR && used.applyAsLong(one) > allowed)
                .toList();
        String id = node.id();
        if (!context.holds(
                        id,
                        succeeded.size() >= settings.minSuccesses(),
                        "fewer than " + settings.minSuccesses() + " recorded successes")
                || !context.holds(id, needed > 0, "its successes needed no " + unit)
                || !context.holds(
                        id,
                        beyond.size() >= settings.minBeyond(),
                        "fewer than " + settings.minBeyond() + " failures used more " + unit
                                + " than every success needed, and the margin")
                || !context.holds(
                        id,
                        limit.applyAsLong(AgentParameters.of(node.parameters())) > allowed,
                        "has a limit that is no higher already")) {
            return;
        }
        long most = beyond.stream().mapToLong(used).max().orElse(0);
        String text = "no success of " + succeeded.size() + " needed more than " + needed + " " + unit + ", and "
                + Figures.count(beyond.size(), "failure") + " used up to " + most;
        suggestions.add(new Suggestion(
                strategy.name() + ":" + node.id(),
                strategy.name(),
                "set_parameter",
                List.of(node.id()),
                parameter + ":" + node.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                "'" + node.id() + "': " + text,
                List.of(new Evidence(text, recorded.size(), context.profile().runs(), needed, needed)),
                List.of(new SetParameter(node.id(), parameter, allowed)),
                List.of(),
                Confidence.ofConfirmations(succeeded.size())));
    }
}

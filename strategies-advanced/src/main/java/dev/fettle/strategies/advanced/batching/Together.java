package dev.fettle.strategies.advanced.batching;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The suggestions to make calls of a tool together that a node asks for one after another. */
final class Together {
    private final OptimizationStrategy strategy;
    private final String action;
    private final Predicate<ToolSpec> fits;
    private final boolean concurrent;
    private final BiFunction<Node, ToolSpec, @Nullable ExpectedOutcome> outcome;

    Together(
            OptimizationStrategy strategy,
            String action,
            Predicate<ToolSpec> fits,
            boolean concurrent,
            BiFunction<Node, ToolSpec, @Nullable ExpectedOutcome> outcome) {
        this.strategy = strategy;
        this.action = action;
        this.fits = fits;
        this.concurrent = concurrent;
        this.outcome = outcome;
    }

    /**
     * For the nodes that bottlenecks name. Only code asks for calls together: a model sees each result before it goes on.
     *
     * @param minLength shortest sequence worth it
     * @param maxSize most calls at a time
     * @param minRuns fewer runs with a sequence say nothing
     */
    List<Suggestion> suggest(StrategyContext context, int minLength, int maxSize, int minRuns) {
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> named = Named.nodes(context.bottlenecks());
        SampledRuns runs = SampledRuns.of(context.profile(), named);
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
                continue;
            }
            if (!context.holds(
                            id,
                            node.kind() == NodeKind.FUNCTION
                                    && !node.answeringTools().isEmpty(),
                            "is no code that calls tools")
                    || !context.holds(id, node.policies().batch() == null, "has its calls together already")) {
                continue;
            }
            for (String name : node.answeringTools()) {
                ToolSpec tool = context.workflow().tool(name).orElse(null);
                String candidate = id + "/" + name;
                if (tool == null) {
                    context.refusals().refused(candidate, Refusals.NOT_SEEN);
                } else if (context.holds(
                                candidate, tool.effects() == Effects.NONE, "does not declare that it has no effects")
                        && context.holds(candidate, fits.test(tool), "declares no batch form")) {
                    CallSequences sequences = CallSequences.of(
                            runs.of(id), name, !context.workflow().discovered());
                    if (context.holds(
                                    candidate,
                                    sequences.longest() >= minLength,
                                    "no run asked for " + minLength + " calls or more at once")
                            && context.holds(
                                    candidate,
                                    sequences.runs() >= minRuns,
                                    "fewer than " + minRuns + " runs asked for calls at once")) {
                        suggest(context, node, tool, sequences, maxSize, suggestions);
                    }
                }
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context,
            Node node,
            ToolSpec tool,
            CallSequences sequences,
            int maxSize,
            List<Suggestion> suggestions) {
        int size = Math.min(maxSize, sequences.longest());
        AddPolicies change =
                new AddPolicies(node.id(), Policies.NONE.withBatch(new Policies.Batch(tool.name(), size, concurrent)));
        String candidate = node.id() + "/" + tool.name();
        if (!context.applies(candidate, List.of(change))) {
            return;
        }
        ExpectedOutcome expected = outcome.apply(node, tool);
        boolean told = !context.workflow().discovered();
        String text = sequences.together() + " of " + Figures.count(sequences.calls(), "call") + " of '" + tool.name()
                + "' in '" + node.id() + "' "
                + (told ? "were asked for at once, in " : "follow each other at once, in ")
                + sequences.sequences().size()
                + " sequences of up to " + sequences.longest();
        suggestions.add(new Suggestion(
                strategy.name() + ":" + candidate,
                strategy.name(),
                action,
                List.of(node.id(), tool.name()),
                "batch:" + node.id(),
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                told ? text : text + "; it takes effect where the node's code can ask for them together",
                List.of(new Evidence(
                        text + (expected == null ? "" : "; " + expected.basis()),
                        sequences.together(),
                        sequences.runs(),
                        size,
                        size)),
                List.of(change),
                expected == null ? List.of() : List.of(expected),
                Confidence.ofConfirmations(sequences.runs())));
    }
}

package dev.fettle.strategies.advanced.model;

import dev.fettle.api.evidence.Named;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node whose model a bottleneck puts in question, with how it uses that model. */
record ModelNode(Node node, String model, NodeUse use, List<SampledRuns.Seen> seen) {
    /**
     * Those that the context's bottlenecks name and that name their model themselves.
     *
     * @param minCalls fewer recorded calls of models say nothing
     */
    static List<ModelNode> named(StrategyContext context, int minCalls) {
        Set<String> named = Named.nodes(context.bottlenecks());
        SampledRuns runs = SampledRuns.of(context.profile(), named);
        List<ModelNode> nodes = new ArrayList<>();
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            String model = node == null ? null : node.model();
            List<SampledRuns.Seen> seen = runs.of(id);
            NodeUse use = NodeUse.of(context.profile(), id, seen).orElse(null);
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (model == null) {
                context.refusals().refused(id, "names no model of its own");
            } else if (use == null) {
                context.refusals().refused(id, "no call of a model with tokens is recorded");
            } else if (context.holds(
                    id, use.calls() >= minCalls, "fewer than " + minCalls + " recorded calls of models")) {
                nodes.add(new ModelNode(node, model, use, seen));
            }
        }
        return nodes;
    }

    ModelOutcomes outcomes(ModelCatalogue models) {
        return new ModelOutcomes(seen, models);
    }
}

package dev.fettle.core.validate;

import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;

/** Workflows and surroundings for these tests. */
final class Workflows {
    private Workflows() {}

    static Node function(String id, List<String> reads, List<String> writes) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(reads, writes)
                .effects(Effects.NONE)
                .build();
    }

    static Workflow chain(List<Node> nodes, String output) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i + 1 < nodes.size(); i++) {
            edges.add(Edge.of(nodes.get(i).id(), nodes.get(i + 1).id()));
        }
        return new Workflow("flow", nodes.get(0).id(), Set.of("text"), Set.of(output), nodes, edges, List.of(), false);
    }

    static MetricEstimate same(double value) {
        return new MetricEstimate(value, value, value, value, Source.ESTIMATED);
    }

    static Estimate estimate(double usd, double quality) {
        return new Estimate(same(1), same(1), same(1), same(1), same(usd), same(1), same(quality), 1, 10, List.of());
    }

    static final Runners NO_RUNNERS = new Runners() {
        @Override
        public Optional<NodeRunner> nodeRunner(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ToolRunner> toolRunner(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> nodeRunnerNames() {
            return Collections.emptySortedSet();
        }

        @Override
        public SortedSet<String> toolRunnerNames() {
            return Collections.emptySortedSet();
        }
    };

    static final ModelCatalogue NO_MODELS = new ModelCatalogue() {
        @Override
        public Optional<ModelPrice> find(String model) {
            return Optional.empty();
        }

        @Override
        public Collection<ModelPrice> models() {
            return List.of();
        }

        @Override
        public OptionalDouble usd(String model, TokenUsage tokens) {
            return OptionalDouble.empty();
        }
    };
}

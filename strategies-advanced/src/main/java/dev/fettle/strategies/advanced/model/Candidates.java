package dev.fettle.strategies.advanced.model;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The models of the catalogue that could do a node's work, by the table's word. */
final class Candidates {
    private final ModelCatalogue models;
    private final ModelPrice current;
    private final NodeUse use;
    private final List<ModelPrice> fitting;

    /**
     * @param capability least prior of capability
     * @param allowed names of models that may be used; empty for all
     */
    Candidates(ModelCatalogue models, ModelPrice current, NodeUse use, double capability, Set<String> allowed) {
        this.models = models;
        this.current = current;
        this.use = use;
        long room = use.longestInput() + Math.round(use.outputTokens());
        Predicate<ModelPrice> fits = model -> {
            Double prior = model.capability();
            Long context = model.contextTokens();
            return model.priced()
                    && !model.name().equals(current.name())
                    && prior != null
                    && prior >= capability
                    && (context == null || context >= room)
                    && (allowed.isEmpty() || allowed.contains(model.name()));
        };
        fitting = models.models().stream()
                .filter(fits)
                .sorted(Comparator.comparing(ModelPrice::name))
                .toList();
    }

    /** The cheapest for the recorded tokens, if it costs at most so much of what the current model does. */
    Optional<ModelPrice> cheapest(double most) {
        return fitting.stream()
                .filter(model -> costRatio(model) <= most)
                .min(Comparator.comparingDouble(this::costRatio));
    }

    /** The fastest, if it takes at most so much of the current model's time and costs no more. */
    Optional<ModelPrice> fastest(double most) {
        return fitting.stream()
                .filter(model -> timeRatio(model) <= most && costRatio(model) <= 1)
                .min(Comparator.comparingDouble(this::timeRatio));
    }

    /** Cost of the recorded tokens, relative to the current model's; NaN where a price is not known. */
    double costRatio(ModelPrice model) {
        TokenUsage tokens = use.tokens();
        double before = models.usd(current.name(), tokens).orElse(Double.NaN);
        return models.usd(model.name(), tokens).orElse(Double.NaN) / before;
    }

    /** Time for an output token, relative to the current model's; NaN where a speed is not known. */
    double timeRatio(ModelPrice model) {
        Double before = current.outputTokensPerSecond();
        Double after = model.outputTokensPerSecond();
        return before == null || after == null ? Double.NaN : before / after;
    }
}

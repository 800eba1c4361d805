package dev.fettle.testkit.strategy;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A catalogue without models. */
enum NoModels implements ModelCatalogue {
    INSTANCE;

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
}

package dev.fettle.benchmarks.choicedag;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** No models: the instances have none. */
public final class FreeModels implements ModelCatalogue {
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

package dev.fettle.strategies.team;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Every token of every model has the same price; NaN where none is known. */
public record OnePrice(double usdPerToken) implements ModelCatalogue {
    public static final OnePrice UNKNOWN = new OnePrice(Double.NaN);

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
        return Double.isNaN(usdPerToken) ? OptionalDouble.empty() : OptionalDouble.of(tokens.total() * usdPerToken);
    }
}

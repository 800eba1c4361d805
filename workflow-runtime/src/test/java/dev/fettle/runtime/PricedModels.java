package dev.fettle.runtime;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Prices in which a thousand input tokens cost 1 USD, cached ones a tenth, and a thousand output tokens 2 USD. */
final class PricedModels implements ModelCatalogue {
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
        if (!model.startsWith("gpt-test")) {
            return OptionalDouble.empty();
        }
        double input = tokens.input() - tokens.cachedInput() + tokens.cachedInput() / 10.0;
        return OptionalDouble.of((input + 2 * tokens.output()) / 1000);
    }
}

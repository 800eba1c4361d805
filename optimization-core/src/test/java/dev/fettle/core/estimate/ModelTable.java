package dev.fettle.core.estimate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A table of the given models, priced for a million tokens. */
public record ModelTable(List<ModelPrice> list) implements ModelCatalogue {
    public static final ModelTable NONE = new ModelTable(List.of());

    public static ModelPrice model(String name, String input, String output, double speed, double capability) {
        return new ModelPrice(name, new BigDecimal(input), new BigDecimal(output), null, speed, null, capability);
    }

    @Override
    public Optional<ModelPrice> find(String model) {
        return list.stream().filter(price -> price.name().equals(model)).findFirst();
    }

    @Override
    public Collection<ModelPrice> models() {
        return list;
    }

    @Override
    public OptionalDouble usd(String model, TokenUsage tokens) {
        ModelPrice price = find(model).orElse(null);
        if (price == null || price.input() == null || price.output() == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                (price.input().doubleValue() * tokens.input() + price.output().doubleValue() * tokens.output()) / 1e6);
    }
}

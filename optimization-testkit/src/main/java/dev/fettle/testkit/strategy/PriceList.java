package dev.fettle.testkit.strategy;

import dev.fettle.api.Evolving;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A catalogue of a few models, for tests. Cached input counts at its own price where there is one. */
@Evolving
public final class PriceList implements ModelCatalogue {
    private final List<ModelPrice> models;

    private PriceList(List<ModelPrice> models) {
        this.models = List.copyOf(models);
    }

    /** Without models. */
    public static PriceList empty() {
        return new PriceList(List.of());
    }

    /**
     * This list and one more model.
     *
     * @param input and the other prices: USD for a million tokens
     * @param speed output tokens in a second
     */
    public PriceList with(
            String name,
            String input,
            String output,
            @Nullable String cachedInput,
            @Nullable Double speed,
            @Nullable Long contextTokens,
            @Nullable Double capability) {
        List<ModelPrice> more = new ArrayList<>(models);
        more.add(new ModelPrice(
                name,
                new BigDecimal(input),
                new BigDecimal(output),
                cachedInput == null ? null : new BigDecimal(cachedInput),
                speed,
                contextTokens,
                capability));
        return new PriceList(more);
    }

    @Override
    public Optional<ModelPrice> find(String model) {
        return models.stream().filter(price -> price.name().equals(model)).findFirst();
    }

    @Override
    public Collection<ModelPrice> models() {
        return models;
    }

    @Override
    public OptionalDouble usd(String model, TokenUsage tokens) {
        ModelPrice price = find(model).orElse(null);
        if (price == null) {
            return OptionalDouble.empty();
        }
        BigDecimal input = price.input();
        BigDecimal output = price.output();
        if (input == null || output == null) {
            return OptionalDouble.empty();
        }
        BigDecimal cached = price.cachedInput() == null ? input : price.cachedInput();
        return OptionalDouble.of(((tokens.input() - tokens.cachedInput()) * input.doubleValue()
                        + tokens.cachedInput() * cached.doubleValue()
                        + tokens.output() * output.doubleValue())
                / 1e6);
    }
}

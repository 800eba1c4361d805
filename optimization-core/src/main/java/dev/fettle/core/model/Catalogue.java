package dev.fettle.core.model;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The models of the built-in table ({@code models.yaml}), overridden by files of the user.
 *
 * <p>A model is found under its name, an alias, or a form of either with a provider before it or a date after it. Where no
 * form is known, the price is not known; it is never taken to be zero.
 */
public final class Catalogue implements ModelCatalogue {
    private static final String BUILT_IN = "models.yaml";
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final Map<String, ModelPrice> byName = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** One model of a file, with the further names under which it is known. */
    record Entry(ModelPrice price, List<String> aliases) {}

    private Catalogue() {}

    /** The built-in table. */
    public static Catalogue standard() {
        return with(List.of());
    }

    /**
     * The built-in table with files over it; what a later file says replaces what an earlier one said. A file is YAML in
     * the form of the built-in table, or LiteLLM's price map in JSON.
     *
     * @throws dev.fettle.api.FettleException where a file cannot be read, with file and place
     */
    public static Catalogue with(List<Path> files) {
        Catalogue catalogue = new Catalogue();
        PriceFiles.resource(Catalogue.class, BUILT_IN).forEach(catalogue::put);
        for (Path file : files) {
            PriceFiles.read(file).forEach(catalogue::put);
        }
        return catalogue;
    }

    /** Only these models, each under its own name: for embedders that keep prices elsewhere. */
    public static Catalogue of(Collection<ModelPrice> models) {
        Catalogue catalogue = new Catalogue();
        models.forEach(model -> catalogue.put(new Entry(model, List.of())));
        return catalogue;
    }

    private void put(Entry entry) {
        String name = ModelNames.plain(entry.price().name());
        byName.put(name, entry.price());
        names.put(name, name);
        entry.aliases().forEach(alias -> names.put(ModelNames.plain(alias), name));
    }

    @Override
    public Optional<ModelPrice> find(String model) {
        String itself = names.get(ModelNames.plain(model));
        if (itself != null) {
            return Optional.ofNullable(byName.get(itself));
        }
        for (String form : ModelNames.forms(model)) {
            String name = names.get(form);
            if (name != null) {
                return Optional.ofNullable(byName.get(name));
            }
        }
        return Optional.empty();
    }

    @Override
    public Collection<ModelPrice> models() {
        return Collections.unmodifiableCollection(byName.values());
    }

    @Override
    public OptionalDouble usd(String model, TokenUsage tokens) {
        ModelPrice price = find(model).orElse(null);
        if (price == null || price.input() == null || price.output() == null) {
            return OptionalDouble.empty();
        }
        long cached = Math.min(Math.max(tokens.cachedInput(), 0), Math.max(tokens.input(), 0));
        BigDecimal cachedPrice = price.cachedInput() == null ? price.input() : price.cachedInput();
        BigDecimal usd = price.input()
                .multiply(BigDecimal.valueOf(Math.max(tokens.input(), 0) - cached))
                .add(cachedPrice.multiply(BigDecimal.valueOf(cached)))
                .add(price.output().multiply(BigDecimal.valueOf(Math.max(tokens.output(), 0))));
        return OptionalDouble.of(usd.divide(MILLION).doubleValue());
    }
}

package dev.fettle.api.model;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.TokenUsage;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;

/** Known models. */
@Evolving
public interface ModelCatalogue {
    /** The model with this name, or with a known alias or dated version of it. */
    Optional<ModelPrice> find(String model);

    Collection<ModelPrice> models();

    /** The price in USD of these tokens on this model; empty where the price is not known. */
    OptionalDouble usd(String model, TokenUsage tokens);
}

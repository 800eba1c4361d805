package dev.fettle.api.model;

import dev.fettle.api.Evolving;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs and can do. Prices are USD for a million tokens; null where they are not known.
 *
 * @param cachedInput price of input read from the provider's prompt cache
 * @param outputTokensPerSecond typical generation speed
 * @param contextTokens longest input
 * @param capability prior of answer quality in [0, 1], an assumption of the table's author
 */
@Evolving
public record ModelPrice(
        String name,
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput,
        @Nullable Double outputTokensPerSecond,
        @Nullable Long contextTokens,
        @Nullable Double capability) {

    public boolean priced() {
        return input != null && output != null;
    }
}

package dev.fettle.core.profile;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.core.model.CallPrices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Turns what was used into money: recorded costs first, then the price table. */
final class Prices {
    /** Sums are given to a billionth of a dollar, so that the binary form of a price does not show. */
    private static final int SCALE = 9;

    private final CallPrices prices;

    Prices(ModelCatalogue models, Collection<ToolSpec> tools) {
        prices = new CallPrices(models, tools);
    }

    /** The cost of these calls of the model; null where a part of it is not known. */
    @Nullable
    BigDecimal model(String model, Spend spend) {
        if (spend.callsWithoutCost() == 0) {
            return rounded(spend.recordedUsd());
        }
        if (spend.unmeasuredCalls() > 0) {
            return null;
        }
        OptionalDouble usd = prices.usd(model, spend.tokensWithoutCost());
        return usd.isEmpty() ? null : rounded(spend.recordedUsd().add(BigDecimal.valueOf(usd.getAsDouble())));
    }

    /** The cost of these calls of the tool; null where a part of it is not known. */
    @Nullable
    BigDecimal tool(String tool, Spend spend) {
        if (spend.callsWithoutCost() == 0) {
            return rounded(spend.recordedUsd());
        }
        BigDecimal price = prices.perCall(tool);
        return price == null
                ? null
                : rounded(spend.recordedUsd().add(price.multiply(BigDecimal.valueOf(spend.callsWithoutCost()))));
    }

    /** What is known of the cost: all of it, or the recorded part. */
    static BigDecimal knownPart(@Nullable BigDecimal whole, Spend spend) {
        return whole == null ? rounded(spend.recordedUsd()) : whole;
    }

    private static BigDecimal rounded(BigDecimal usd) {
        BigDecimal rounded = usd.setScale(SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}

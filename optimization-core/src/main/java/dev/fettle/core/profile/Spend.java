package dev.fettle.core.profile;

import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Calls of one model or tool: how many, their tokens, and what the traces say they cost. */
final class Spend implements Mergeable<Spend> {
    /** A recorded cost beyond this (USD for one call) is not believed. */
    private static final double HIGHEST_USD = 1e9;

    private long calls;
    private long recordedCalls;
    private BigDecimal recordedUsd = BigDecimal.ZERO;
    private TokenUsage tokens = TokenUsage.NONE;
    private TokenUsage tokensWithoutCost = TokenUsage.NONE;

    void add(TokenUsage used, @Nullable Double usd) {
        calls++;
        tokens = tokens.plus(used);
        if (usd != null && usd >= 0 && usd <= HIGHEST_USD) {
            recordedCalls++;
            recordedUsd = recordedUsd.add(BigDecimal.valueOf(usd));
        } else {
            tokensWithoutCost = tokensWithoutCost.plus(used);
        }
    }

    @Override
    public void merge(Spend other) {
        calls += other.calls;
        recordedCalls += other.recordedCalls;
        recordedUsd = recordedUsd.add(other.recordedUsd);
        tokens = tokens.plus(other.tokens);
        tokensWithoutCost = tokensWithoutCost.plus(other.tokensWithoutCost);
    }

    long calls() {
        return calls;
    }

    /** Calls of which no trace states the cost. */
    long callsWithoutCost() {
        return calls - recordedCalls;
    }

    BigDecimal recordedUsd() {
        return recordedUsd;
    }

    TokenUsage tokens() {
        return tokens;
    }

    TokenUsage tokensWithoutCost() {
        return tokensWithoutCost;
    }
}

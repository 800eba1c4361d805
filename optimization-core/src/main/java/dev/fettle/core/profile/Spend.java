package dev.fettle.core.profile;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.core.model.CallPrices;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Calls of one model or tool: how many, their tokens, and what the traces say they cost. */
final class Spend implements Mergeable<Spend> {
    private long calls;
    private long recordedCalls;
    private long unmeasuredCalls;
    private BigDecimal recordedUsd = BigDecimal.ZERO;
    private TokenUsage tokens = TokenUsage.NONE;
    private TokenUsage tokensWithoutCost = TokenUsage.NONE;

    void add(ModelCall call) {
        boolean stated = CallPrices.isStated(call.recordedUsd());
        unmeasuredCalls += stated || CallPrices.isMeasured(call) ? 0 : 1;
        add(call.tokens(), call.recordedUsd());
    }

    /** An answer from a cache costs nothing, unless the trace says otherwise. */
    void add(ToolCall call) {
        boolean free = call.recordedUsd() == null && Boolean.TRUE.equals(call.cached());
        add(TokenUsage.NONE, free ? Double.valueOf(0) : call.recordedUsd());
    }

    private void add(TokenUsage used, @Nullable Double usd) {
        calls++;
        tokens = tokens.plus(used);
        if (usd != null && CallPrices.isStated(usd)) {
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
        unmeasuredCalls += other.unmeasuredCalls;
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

    /** Calls that state neither a cost nor what they used. */
    long unmeasuredCalls() {
        return unmeasuredCalls;
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

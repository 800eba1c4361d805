package dev.fettle.core.profile;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is summed up for one tool. */
final class ToolStatistics implements Mergeable<ToolStatistics> {
    private final DurationSketch duration = new DurationSketch();
    private final Spend spend = new Spend();
    private final Determinism determinism;
    private long succeeded;
    private long failed;
    private long repeatedCalls;
    private long repeatedSameResult;
    private long cacheHits;
    private long cacheMisses;

    ToolStatistics(ProfileSettings settings) {
        determinism = new Determinism(settings.argumentSample(), settings.runsPerArgument());
    }

    void add(ToolCall call) {
        duration.add(TraceTree.nanos(call.duration()));
        spend.add(call);
        if (call.status() == Status.OK) {
            succeeded++;
        } else if (call.status() == Status.ERROR) {
            failed++;
        }
        if (call.cached() != null) {
            if (call.cached()) {
                cacheHits++;
            } else {
                cacheMisses++;
            }
        }
    }

    void repeated(boolean sameResult) {
        repeatedCalls++;
        if (sameResult) {
            repeatedSameResult++;
        }
    }

    Determinism determinism() {
        return determinism;
    }

    @Override
    public void merge(ToolStatistics other) {
        duration.merge(other.duration);
        spend.merge(other.spend);
        determinism.merge(other.determinism);
        succeeded += other.succeeded;
        failed += other.failed;
        repeatedCalls += other.repeatedCalls;
        repeatedSameResult += other.repeatedSameResult;
        cacheHits += other.cacheHits;
        cacheMisses += other.cacheMisses;
    }

    ToolProfile profile(String name, Prices prices) {
        @Nullable BigDecimal usd = prices.tool(name, spend);
        return new ToolProfile(
                name,
                duration.count(),
                failed,
                Rate.of(succeeded, succeeded + failed),
                duration.summary(),
                Prices.knownPart(usd, spend),
                usd != null,
                repeatedCalls,
                repeatedSameResult,
                determinism.rate(),
                cacheHits,
                cacheMisses);
    }
}

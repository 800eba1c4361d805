package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The recorded model calls of one node over all sampled runs, in order of time. */
final class RecordedPrompts {
    private final List<Timed> all = new ArrayList<>();
    private final List<TokenUsage> following = new ArrayList<>();
    private long runs;

    private record Timed(Instant at, ModelCall call) {}

    /** @param keptSeconds how soon a call must follow another to find its prefix kept */
    RecordedPrompts(PerformanceProfile profile, String node, double keptSeconds) {
        for (ExecutionTrace trace : profile.sample()) {
            int before = all.size();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                if (occurrence.node().equals(node)) {
                    occurrence
                            .modelCalls()
                            .forEach(call -> all.add(new Timed(trace.startedAt().plus(call.start()), call)));
                }
            }
            runs += all.size() > before ? 1 : 0;
        }
        all.sort(Comparator.comparing(Timed::at));
        for (int i = 1; i < all.size(); i++) {
            double gap = Duration.between(all.get(i - 1).at(), all.get(i).at()).toNanos() / 1e9;
            if (gap <= keptSeconds) {
                following.add(all.get(i).call().tokens());
            }
        }
    }

    long calls() {
        return all.size();
    }

    long runs() {
        return runs;
    }

    /** Calls that follow another soon enough. */
    long warm() {
        return following.size();
    }

    /** The part of the cost of all calls that is saved where this many more tokens are kept; 0 where a price is not known. */
    double saving(ModelPrice price, double tokens) {
        BigDecimal full = price.input();
        BigDecimal kept = price.cachedInput();
        BigDecimal output = price.output();
        if (full == null || kept == null || output == null) {
            return 0;
        }
        double cost = 0;
        for (Timed timed : all) {
            TokenUsage usage = timed.call().tokens();
            cost += (usage.input() - usage.cachedInput()) * full.doubleValue()
                    + usage.cachedInput() * kept.doubleValue()
                    + usage.output() * output.doubleValue();
        }
        double saved = 0;
        for (TokenUsage usage : following) {
            double uncached = Math.max(0, usage.input() - usage.cachedInput());
            saved += Math.min(tokens, uncached) * (full.doubleValue() - kept.doubleValue());
        }
        return cost > 0 ? saved / cost : 0;
    }
}

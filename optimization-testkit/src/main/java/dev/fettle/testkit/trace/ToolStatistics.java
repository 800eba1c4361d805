package dev.fettle.testkit.trace;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statistics of one tool, from all of its calls. */
final class ToolStatistics {
    private final String name;
    private final ExactDurations durations = new ExactDurations();
    private long calls;
    private long successes;
    private long known;
    private BigDecimal usd = BigDecimal.ZERO;
    private boolean priced;
    private long repeated;
    private long repeatedSame;
    private long pairs;
    private long equalPairs;
    private long hits;
    private long misses;
    private @Nullable String lastRun;
    private final Set<String> inRun = new HashSet<>();
    private final Map<String, String> latest = new HashMap<>();

    ToolStatistics(String name) {
        this.name = name;
    }

    void add(String run, ToolCall call) {
        if (!run.equals(lastRun)) {
            lastRun = run;
            inRun.clear();
        }
        calls++;
        durations.add(call.duration());
        if (call.status() == Status.OK || call.status() == Status.ERROR) {
            known++;
            successes += call.status() == Status.OK ? 1 : 0;
        }
        Double cost = call.recordedUsd();
        if (cost != null) {
            usd = usd.add(BigDecimal.valueOf(cost));
            priced = true;
        }
        Boolean cached = call.cached();
        if (cached != null) {
            hits += cached ? 1 : 0;
            misses += cached ? 0 : 1;
        }
        String arguments = call.argumentHash();
        if (arguments != null) {
            compare(arguments, call.resultHash());
        }
    }

    private void compare(String arguments, @Nullable String result) {
        boolean again = !inRun.add(arguments);
        repeated += again ? 1 : 0;
        if (result == null) {
            return;
        }
        String earlier = latest.put(arguments, result);
        if (earlier != null) {
            pairs++;
            equalPairs += earlier.equals(result) ? 1 : 0;
            repeatedSame += again && earlier.equals(result) ? 1 : 0;
        }
    }

    ToolProfile profile() {
        return new ToolProfile(
                name,
                calls,
                known - successes,
                Rate.of(successes, known),
                durations.summary(),
                usd,
                priced,
                repeated,
                repeatedSame,
                Rate.of(equalPairs, pairs),
                hits,
                misses);
    }
}

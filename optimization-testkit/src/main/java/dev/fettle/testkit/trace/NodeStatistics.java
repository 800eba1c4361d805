package dev.fettle.testkit.trace;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statistics of one node, from all of its occurrences. */
final class NodeStatistics {
    private final String id;
    private NodeKind kind = NodeKind.FUNCTION;
    private final ExactDurations durations = new ExactDurations();
    private final ExactDurations exclusive = new ExactDurations();
    private Duration exclusiveTotal = Duration.ZERO;
    private long occurrences;
    private long runs;
    private long successes;
    private long known;
    private TokenUsage tokens = TokenUsage.NONE;
    private final Map<String, Long> errors = new TreeMap<>();
    private final Map<String, Long> models = new TreeMap<>();
    private final Map<String, Long> toolCalls = new TreeMap<>();
    private BigDecimal usd = BigDecimal.ZERO;
    private long repeatedSameInput;
    private long repeatedSameOutput;
    private @Nullable String lastRun;
    private final Map<Map<String, String>, Map<String, String>> seen = new HashMap<>();

    NodeStatistics(String id) {
        this.id = id;
    }

    void add(String run, NodeOccurrence occurrence, Duration inside) {
        if (!run.equals(lastRun)) {
            lastRun = run;
            runs++;
            seen.clear();
        }
        kind = occurrence.kind();
        occurrences++;
        durations.add(occurrence.duration());
        Duration own = occurrence.duration().minus(inside);
        exclusive.add(own.isNegative() ? Duration.ZERO : own);
        exclusiveTotal = exclusiveTotal.plus(own.isNegative() ? Duration.ZERO : own);
        tokens = tokens.plus(occurrence.tokens());
        if (occurrence.status() == Status.OK || occurrence.status() == Status.ERROR) {
            known++;
            successes += occurrence.status() == Status.OK ? 1 : 0;
        }
        String error = occurrence.errorType();
        if (error != null) {
            errors.merge(error, 1L, Long::sum);
        }
        occurrence.modelCalls().forEach(call -> {
            String model = call.model();
            if (model != null) {
                models.merge(model, 1L, Long::sum);
            }
        });
        for (ToolCall call : occurrence.toolCalls()) {
            toolCalls.merge(call.tool(), 1L, Long::sum);
            Double cost = call.recordedUsd();
            usd = cost == null ? usd : usd.add(BigDecimal.valueOf(cost));
        }
        repeats(occurrence);
    }

    private void repeats(NodeOccurrence occurrence) {
        if (occurrence.readHashes().isEmpty()) {
            return;
        }
        Map<String, String> earlier = seen.put(occurrence.readHashes(), occurrence.writeHashes());
        if (earlier != null) {
            repeatedSameInput++;
            repeatedSameOutput += earlier.equals(occurrence.writeHashes()) ? 1 : 0;
        }
    }

    NodeProfile profile(Duration wallClock) {
        double share = wallClock.isZero() ? 0 : (double) exclusiveTotal.toNanos() / wallClock.toNanos();
        return new NodeProfile(
                id,
                kind,
                occurrences,
                runs,
                durations.summary(),
                exclusive.summary(),
                share,
                Rate.of(successes, known),
                errors,
                Double.NaN,
                tokens,
                usd,
                models,
                toolCalls,
                repeatedSameInput,
                repeatedSameOutput,
                null,
                null);
    }
}

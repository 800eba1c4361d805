package dev.fettle.runtime.settings;

import dev.fettle.api.SettingCheck;
import dev.fettle.api.content.RedactionSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How workflows are run.
 *
 * @param maxConcurrency most members of parallel nodes that run at a time; 0 for the number of processors
 * @param endpoints where models answer, by model name; the offline model needs none
 * @param summarySentences most sentences that the offline model picks
 * @param shareCaches whether caches live as long as the executor and serve all runs; else each run starts with empty ones,
 *     which keeps runs comparable
 * @param keepArgumentBytes a tool's arguments are kept in the trace up to this size as canonical JSON
 * @param keepErrorOutputBytes how much of the end of a failed command's error output goes into the message
 * @param maxStateBytes largest state, as canonical JSON
 * @param maxSteps most nodes that one run may run, as a guard against runaway loops
 * @param unattended what a human node does where nobody attends the run
 * @param maxUsd most USD that one run may spend on models and tools; null for no limit. No call is begun once it is spent
 * @param redaction what is taken out of traces and messages
 * @param stopWait how long a cancelled run waits for code that does not stop, before it gives up and says so
 */
public record RuntimeSettings(
        int maxConcurrency,
        Map<String, Endpoint> endpoints,
        int summarySentences,
        boolean shareCaches,
        int keepArgumentBytes,
        int keepErrorOutputBytes,
        long maxStateBytes,
        int maxSteps,
        Unattended unattended,
        Duration stopWait,
        @Nullable Double maxUsd,
        RedactionSettings redaction) {
    public static final RuntimeSettings DEFAULT = new RuntimeSettings(
            0,
            Map.of(),
            5,
            false,
            4096,
            4096,
            256L << 20,
            100_000,
            Unattended.RECORDED,
            Duration.ofSeconds(10),
            null,
            RedactionSettings.DEFAULT);

    public RuntimeSettings {
        SettingCheck.atLeast("maxConcurrency", maxConcurrency, 0);
        SettingCheck.atLeast("summarySentences", summarySentences, 1);
        SettingCheck.atLeast("keepArgumentBytes", keepArgumentBytes, 0);
        SettingCheck.atLeast("keepErrorOutputBytes", keepErrorOutputBytes, 0);
        SettingCheck.atLeast("maxStateBytes", maxStateBytes, 1);
        SettingCheck.atLeast("maxSteps", maxSteps, 1);
        SettingCheck.check(!stopWait.isNegative(), "stopWait", stopWait, "a duration of at least 0");
        if (maxUsd != null) {
            SettingCheck.check(maxUsd >= 0, "maxUsd", maxUsd, "a number of USD of at least 0");
        }
        endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    }

    /** How many members may run at a time. */
    public int concurrency() {
        return maxConcurrency == 0 ? Runtime.getRuntime().availableProcessors() : maxConcurrency;
    }
}

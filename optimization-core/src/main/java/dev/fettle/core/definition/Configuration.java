package dev.fettle.core.definition;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.core.record.RecordingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a user configures in {@code fettle.yaml}.
 *
 * @param plugins folders with plugin jars
 * @param models price tables that override the built-in one
 * @param maxUsd that profiling, trials and dry run together may spend; no call with a known price is begun once it is reached
 * @param settings of plugins: by section, plugin name and setting
 * @param recording how runs are recorded, and answered from a recording
 */
public record Configuration(
        List<Path> plugins,
        List<Path> models,
        Objective objective,
        Constraints constraints,
        Search search,
        Profiling profiling,
        Validation validation,
        double maxUsd,
        Map<String, Map<String, Map<String, Object>>> settings,
        RecordingSettings recording) {

    public static final Configuration DEFAULT = new Configuration(
            List.of(),
            List.of(),
            Objective.BALANCED,
            Constraints.DEFAULT,
            Search.DEFAULT,
            Profiling.DEFAULT,
            Validation.DEFAULT,
            5,
            Map.of(),
            RecordingSettings.DEFAULT);

    /**
     * @param maxEvaluations of candidates; more than the default finds little more for the usual number of suggestions
     * @param concurrency processors to reckon with for nodes that compute
     */
    public record Search(String algorithm, long seed, long maxEvaluations, Duration maxTime, int concurrency) {
        static final Search DEFAULT = new Search(
                "auto", 42, 20_000, Duration.ofSeconds(20), Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param runs that are profiled
     * @param warmUp runs before them, not counted
     * @param trialsOutside whether a tool without effects that leaves the machine or costs money is called to compare it with
     *     another; that counts for {@code maxUsd}
     */
    public record Profiling(int runs, int warmUp, Duration timeoutPerRun, boolean trialsOutside) {
        static final Profiling DEFAULT = new Profiling(12, 4, Duration.ofMinutes(5), false);
    }

    /**
     * @param pairs of runs, one of each version, at most
     * @param judge that compares outputs
     * @param maxTime of the whole dry run
     * @param allowHosts at which a candidate may ask models although the original asks none there
     */
    public record Validation(int pairs, int warmUp, String judge, Duration maxTime, Set<String> allowHosts) {
        static final Validation DEFAULT = new Validation(20, 2, "exact", Duration.ofMinutes(5), Set.of());

        public Validation {
            allowHosts = Set.copyOf(allowHosts);
        }
    }
}

package dev.fettle.core.profile;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;

/**
 * Limits of a profile. What exceeds a limit of distinct names is united under {@code (other)}.
 *
 * @param sampleTraces most whole traces kept
 * @param sampleOccurrences most occurrences in all kept traces together
 * @param maxNodes most distinct nodes
 * @param maxTools most distinct tools
 * @param maxModels most distinct models, of the workflow and of each node
 * @param maxErrorTypes most distinct error types of each node
 * @param maxTransitions most distinct transitions
 * @param argumentSample distinct arguments of each tool on which determinism is measured
 * @param runsPerArgument runs compared for each of these arguments
 */
public record ProfileSettings(
        int sampleTraces,
        int sampleOccurrences,
        int maxNodes,
        int maxTools,
        int maxModels,
        int maxErrorTypes,
        int maxTransitions,
        int argumentSample,
        int runsPerArgument) {
    public static final ProfileSettings DEFAULT = new ProfileSettings(64, 200_000, 1000, 200, 50, 20, 5000, 128, 16);

    public ProfileSettings {
        positive("sampleTraces", sampleTraces);
        positive("sampleOccurrences", sampleOccurrences);
        positive("maxNodes", maxNodes);
        positive("maxTools", maxTools);
        positive("maxModels", maxModels);
        positive("maxErrorTypes", maxErrorTypes);
        positive("maxTransitions", maxTransitions);
        positive("argumentSample", argumentSample);
        positive("runsPerArgument", runsPerArgument);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new FettleException(
                    ErrorCode.USAGE, "the profile setting " + name + " is (" + value + "); expected at least 1");
        }
    }
}

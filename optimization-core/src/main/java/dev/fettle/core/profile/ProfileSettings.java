package dev.fettle.core.profile;

import dev.fettle.api.SettingCheck;

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
        SettingCheck.atLeast("sampleTraces", sampleTraces, 1);
        SettingCheck.atLeast("sampleOccurrences", sampleOccurrences, 1);
        SettingCheck.atLeast("maxNodes", maxNodes, 1);
        SettingCheck.atLeast("maxTools", maxTools, 1);
        SettingCheck.atLeast("maxModels", maxModels, 1);
        SettingCheck.atLeast("maxErrorTypes", maxErrorTypes, 1);
        SettingCheck.atLeast("maxTransitions", maxTransitions, 1);
        SettingCheck.atLeast("argumentSample", argumentSample, 1);
        SettingCheck.atLeast("runsPerArgument", runsPerArgument, 1);
    }
}

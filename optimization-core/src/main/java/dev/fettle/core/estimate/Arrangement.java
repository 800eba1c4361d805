package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;

/**
 * The traces under one choice of structural options.
 *
 * @param workflow with the structural changes applied
 * @param nodes of this workflow by id
 * @param effects of the structural options
 * @param graphs by trace
 * @param rescued by trace: the chance that a run that failed does not fail any more
 * @param causes by trace of a run that failed: the clusters that hold what made it fail and still runs, if it would not
 *     fail without that; else null
 * @param weights by trace: how much its duration and cost count in the sums over runs; more than one where it stands in
 *     for a run that would not fail any more
 * @param usd by trace, with no other option chosen
 * @param weightedUsd sum over runs, with their weights
 * @param memoryBytes the greatest of all runs
 */
record Arrangement(
        Workflow workflow,
        Map<String, Node> nodes,
        CandidateEffects effects,
        TaskGraph[] graphs,
        double[] rescued,
        int[][] causes,
        double[] weights,
        double[] usd,
        double weightedUsd,
        double memoryBytes) {}

package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;

/**
 * The traces under one choice of structural options.
 *
 * @param workflow with the structural changes applied
 * @param nodes of this workflow by id
 * @param graphs by trace
 * @param weights by trace: how much its duration and cost count in the sums over runs; more than one where it stands in
 *     for a run that would not fail any more
 * @param usd weighted sum over runs, with no other option chosen
 * @param memoryBytes the greatest of all runs
 */
record Arrangement(
        Workflow workflow,
        Map<String, Node> nodes,
        TaskGraph[] graphs,
        double[] weights,
        double usd,
        double memoryBytes) {}

package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Policies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node that started while the condition before it decided is done earlier by the time in which both ran. That is the same
 * as a condition that takes so much less. What both compute must fit on the processors.
 */
final class EarlyStarts {
    private EarlyStarts() {}

    /**
     * Shortens the conditions.
     *
     * @param inner lengths of the items
     * @param lengths by step
     */
    static void overlap(
            ReplayTrace trace, CandidateEffects effects, ReplaySettings settings, double[] inner, double[] lengths) {
        if (!effects.speculates()) {
            return;
        }
        List<Step.Item> top = trace.topLevel;
        for (int i = 0; i + 1 < inner.length; i++) {
            Step condition = top.get(i).step();
            Step chosen = top.get(i + 1).step();
            if (condition == null || chosen == null || inner[i] <= 0 || inner[i + 1] <= 0) {
                continue;
            }
            Policies.Speculation early = effects.of(condition).newSpeculation();
            if (early != null
                    && early.nodes().contains(chosen.node())
                    && demand(trace, condition, early) <= settings.undisturbedProcessors()) {
                inner[i] -= Math.min(inner[i], inner[i + 1]);
                lengths[condition.index] = inner[i];
            }
        }
    }

    /** Processors that the condition and the nodes ask for while they run at once. */
    private static double demand(ReplayTrace trace, Step condition, Policies.Speculation early) {
        Map<String, Double> shares = new HashMap<>();
        for (Step step : trace.steps) {
            if (early.nodes().contains(step.node())) {
                shares.merge(step.node(), step.cpuShare, Math::max);
            }
        }
        // those that this run did not choose count like the one that it did
        double one = shares.values().stream().mapToDouble(share -> share).max().orElse(0);
        return condition.cpuShare + one * early.nodes().size();
    }
}

package dev.fettle.core.estimate;

import dev.fettle.api.trace.ToolCall;

/** The quality of a run, as far as it is believed to change. */
final class BelievedQuality {
    private BelievedQuality() {}

    /**
     * Relative to the record. Losses add up, which bounds their joint effect from above.
     *
     * @param lengths by step, in seconds or {@link Timeline#GONE}
     */
    static double of(ReplayTrace trace, CandidateEffects effects, double[] lengths) {
        double quality = 1;
        for (Belief belief : effects.beliefs()) {
            double factor = belief.quality().of(1);
            if (factor != 1
                    && (concerned(trace, belief, lengths) || effects.added().contains(belief))) {
                quality += factor - 1;
            }
        }
        return quality;
    }

    private static boolean concerned(ReplayTrace trace, Belief belief, double[] lengths) {
        boolean ofTool = belief.subject() == Belief.Subject.TOOL;
        for (Step step : trace.stepsOf(belief.node())) {
            if (lengths[step.index] >= 0 && (!ofTool || calls(step, belief))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the step calls the tool that the belief is about. */
    private static boolean calls(Step step, Belief belief) {
        for (ToolCall call : step.occurrence.toolCalls()) {
            if (belief.concerns(call.tool())) {
                return true;
            }
        }
        return false;
    }
}

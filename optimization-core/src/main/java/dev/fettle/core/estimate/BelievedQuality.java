package dev.fettle.core.estimate;

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
        return trace.stepsOf(belief.node()).stream()
                .anyMatch(step -> lengths[step.index] >= 0
                        && (belief.subject() != Belief.Subject.TOOL
                                || step.occurrence.toolCalls().stream()
                                        .anyMatch(call -> belief.concerns(call.tool()))));
    }
}

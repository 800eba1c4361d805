package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/** How replayed steps end: which a timeout or a limit cuts short, and which do not fail any more. */
final class StepEnds {
    private final ReplayTrace trace;
    private final CandidateEffects effects;
    private final StepReplay steps;
    private final double[] lengths;

    /**
     * @param lengths by step, in seconds or {@link Timeline#GONE}
     */
    StepEnds(ReplayTrace trace, CandidateEffects effects, StepReplay steps, double[] lengths) {
        this.trace = trace;
        this.effects = effects;
        this.steps = steps;
        this.lengths = lengths;
    }

    /** Whether a step or something inside it is cut. */
    boolean cut(Step step) {
        if (!effects.hasCuts()) {
            return false;
        }
        boolean cut = isCut(step);
        for (int i = 0; i < step.children.size() && !cut; i++) {
            cut = cut(step.children.get(i));
        }
        return cut;
    }

    private boolean isCut(Step step) {
        double length = lengths[step.index];
        return length >= 0 && StepReplay.cutShort(step, length, effects.of(step));
    }

    /** The cut step that ends first; null where none is cut. */
    @Nullable
    Step firstCut(Placing placing) {
        Step first = null;
        if (!effects.hasCuts()) {
            return null;
        }
        double firstEnd = Double.POSITIVE_INFINITY;
        for (Step step : trace.steps) {
            if (isCut(step)) {
                double end = placing.start(step) + lengths[step.index];
                if (end < firstEnd) {
                    first = step;
                    firstEnd = end;
                }
            }
        }
        return first;
    }

    /** Chance that nothing in a step that made the recorded run fail fails any more. */
    double rescued(Step step) {
        double chance = step.failedItself() ? spared(step) : 1;
        for (Step child : step.children) {
            chance *= rescued(child);
        }
        return chance;
    }

    /** Chance that nothing that made the recorded run fail fails any more. */
    double rescued() {
        double chance = 1;
        boolean blamed = false;
        for (Step step : trace.steps) {
            if (step.failedItself()) {
                blamed = true;
                chance *= spared(step);
            }
        }
        return blamed ? chance : 0;
    }

    private double spared(Step cause) {
        return lengths[cause.index] < 0 ? 1 : steps.recovered(cause.node(), effects.of(cause));
    }

    /** Chance that the run succeeds as recorded; NaN where that is not known. */
    double recordedSuccess() {
        return switch (trace.trace.status()) {
            case OK -> 1;
            case ERROR -> 0;
            case CANCELLED, UNKNOWN, PAUSED -> Double.NaN;
        };
    }
}

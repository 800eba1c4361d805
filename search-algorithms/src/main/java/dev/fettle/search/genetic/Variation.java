package dev.fettle.search.genetic;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;

/** How children come from parents. */
public final class Variation {
    private final Space space;
    private final int[] decisions;
    private final SplitMix random;

    public Variation(Space space, SplitMix random) {
        this.space = space;
        this.random = random;
        decisions = space.movable();
    }

    /**
     * The number of the best of some candidates drawn with replacement (Goldberg and Deb, "A comparative analysis of
     * selection schemes", 1991).
     *
     * @param ranked how many candidates there are, sorted with the best first
     */
    static int tournament(int ranked, int size, SplitMix random) {
        int best = ranked;
        for (int i = 0; i < size; i++) {
            best = Math.min(best, random.below(ranked));
        }
        return best;
    }

    /** Each decision from either parent (Syswerda, "Uniform crossover in genetic algorithms", 1989). */
    public void uniform(int[] child, int[] other) {
        for (int d = 0; d < child.length; d++) {
            if (random.next() < 0) {
                child[d] = other[d];
            }
        }
    }

    /**
     * A stretch of neighbouring decisions from the other parent. Decisions come in the order of the workflow, so that a
     * stretch stands for a connected part of its graph: what belongs together is handed down together.
     */
    public void segment(int[] child, int[] other) {
        int from = random.below(child.length);
        int length = 1 + random.below(Math.max(1, child.length / 2));
        for (int i = 0; i < length; i++) {
            int d = (from + i) % child.length;
            child[d] = other[d];
        }
    }

    /** Changes each decision with the same small probability. */
    public void mutate(int[] child, double expected) {
        double probability = Math.min(1, expected / decisions.length);
        for (int decision : decisions) {
            if (random.uniform() < probability) {
                child[decision] = space.otherOption(decision, child[decision], random.next());
            }
        }
    }
}

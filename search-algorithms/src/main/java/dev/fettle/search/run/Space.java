package dev.fettle.search.run;

import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The decisions as arrays. A neighbour of a candidate differs in one decision. Choices, and numbers of few values, move
 * to any other option; numbers of many values move by steps whose size is log-uniform, so that every scale is tried.
 */
public final class Space {
    /** Numbers with more values than this are moved by steps. */
    private static final int FEW = 16;

    private final int[] options;
    private final boolean[] stepped;
    private final int[] movable;

    public Space(SearchProblem problem) {
        List<Decision> decisions = problem.decisions();
        options = decisions.stream().mapToInt(Decision::options).toArray();
        stepped = new boolean[options.length];
        for (int d = 0; d < options.length; d++) {
            stepped[d] = decisions.get(d).kind() != Decision.Kind.CHOICE && options[d] > FEW;
        }
        movable = IntStream.range(0, options.length).filter(d -> options[d] > 1).toArray();
    }

    /** The number of decisions. */
    public int size() {
        return options.length;
    }

    public int options(int decision) {
        return options[decision];
    }

    /** Whether it is a number of many values, moved by steps. */
    public boolean stepped(int decision) {
        return stepped[decision];
    }

    /** The decisions with more than one option. */
    public int[] movable() {
        return movable.clone();
    }

    public boolean nothingToDecide() {
        return movable.length == 0;
    }

    /** Whether a candidate has one existing option for each decision. */
    public boolean contains(int[] candidate) {
        return candidate.length == options.length
                && IntStream.range(0, options.length).allMatch(d -> candidate[d] >= 0 && candidate[d] < options[d]);
    }

    /** Any option of a decision, all with the same probability. */
    public int anyOption(int decision, SplitMix random) {
        return random.below(options[decision]);
    }

    /**
     * Another option than the current one of a decision that has more than one.
     *
     * @param bits random, of which the lower 28 are used
     */
    public int otherOption(int decision, int current, long bits) {
        if (stepped[decision]) {
            return step(decision, current, bits);
        }
        int other = (int) (((bits & 0xFFFFFFFL) * (options[decision] - 1)) >>> 28);
        return other >= current ? other + 1 : other;
    }

    private int step(int decision, int current, long bits) {
        int last = options[decision] - 1;
        double share = ((bits >>> 1) & 0x7FFFFFFL) * 0x1.0p-27;
        int step = (int) Math.pow(last + 1.0, share);
        int moved = (bits & 1) == 0 ? current + step : current - step;
        if (moved >= 0 && moved <= last) {
            return moved;
        }
        // Out of range: the same step the other way, or the far end.
        int mirrored = 2 * current - moved;
        if (mirrored >= 0 && mirrored <= last) {
            return mirrored;
        }
        return current * 2 > last ? 0 : last;
    }

    /**
     * The options that a complete look at the neighbours of one decision tries: all others, or for a number of many
     * values those at distances 1, 2, 4, ... on both sides.
     */
    public int[] neighbours(int decision, int current) {
        if (!stepped[decision]) {
            int[] others = new int[options[decision] - 1];
            for (int i = 0; i < others.length; i++) {
                others[i] = i < current ? i : i + 1;
            }
            return others;
        }
        return IntStream.iterate(1, step -> step < options[decision], step -> step * 2)
                .flatMap(step -> IntStream.of(current - step, current + step))
                .filter(option -> option >= 0 && option < options[decision])
                .toArray();
    }
}

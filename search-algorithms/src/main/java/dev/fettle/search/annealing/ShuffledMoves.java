package dev.fettle.search.annealing;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import org.jspecify.annotations.Nullable;

/**
 * Draws moves without putting them back, in a fresh random order each sweep, so that none waits long for its turn; and
 * rests a move that is rejected again and again: one sweep for some rejections in a row, up to a few sweeps. At low
 * temperatures nearly all moves are hopeless, and this leaves the evaluations to those that are not.
 *
 * <p>Moves are shuffled among their neighbours only, window by window: neighbouring decisions are often neighbours in what
 * an evaluator keeps up to date, and to jump to and fro between distant ones costs it more than the evaluations do.
 */
public final class ShuffledMoves extends Moves {
    private static final int REJECTIONS_FOR_A_REST = 3;
    private static final int LONGEST_REST = 8;
    /** Moves that are shuffled among each other. */
    private static final int WINDOW = 50;

    /** A number of many values has this many random steps in a sweep. */
    private static final int STEPS = 16;

    private final Space space;
    private final SplitMix random;
    private final int[] decisions;
    private final int[] options;
    private final int[] order;
    private final byte[] rests;
    private final byte[] rejections;
    private final @Nullable Chances chances;
    private int next;
    private int windowEnd;
    private int drawn;
    private long bits;

    public ShuffledMoves(Space space, SplitMix random) {
        this(space, random, null);
    }

    /**
     * @param chances of the moves; null where all have the same
     */
    ShuffledMoves(Space space, SplitMix random, @Nullable Chances chances) {
        this.space = space;
        this.random = random;
        this.chances = chances;
        int count = 0;
        for (int decision : space.movable()) {
            count += space.stepped(decision) ? STEPS : space.options(decision);
        }
        decisions = new int[count];
        options = new int[count];
        order = new int[count];
        rests = new byte[count];
        rejections = new byte[count];
        int move = 0;
        for (int decision : space.movable()) {
            boolean stepped = space.stepped(decision);
            for (int i = 0; i < (stepped ? STEPS : space.options(decision)); i++) {
                decisions[move] = decision;
                options[move] = stepped ? -1 : i;
                order[move] = move;
                move++;
            }
        }
    }

    int count() {
        return order.length;
    }

    @Override
    public void draw(int[] current) {
        do {
            bits = random.next();
            if (next == windowEnd) {
                next = next == order.length ? 0 : next;
                windowEnd = Math.min(order.length, next + WINDOW);
            }
            // One step of the shuffle of Fisher and Yates.
            int other = next + (int) (((bits >>> 40) * (windowEnd - next)) >>> 24);
            drawn = order[other];
            order[other] = order[next];
            order[next++] = drawn;
        } while (options[drawn] == current[decisions[drawn]] || rested() || passedOver());
    }

    private boolean rested() {
        if (rests[drawn] == 0) {
            return false;
        }
        rests[drawn]--;
        return true;
    }

    private boolean passedOver() {
        if (chances == null) {
            return false;
        }
        double chance = chances.of(decisions[drawn], options[drawn]);
        return chance < 1 && random.uniform() >= chance;
    }

    @Override
    void at(double temperature) {
        if (chances != null) {
            chances.at(temperature);
        }
    }

    @Override
    public int decision() {
        return decisions[drawn];
    }

    @Override
    public int option(int[] current) {
        int option = options[drawn];
        return option >= 0 ? option : space.otherOption(decisions[drawn], current[decisions[drawn]], bits >>> 12);
    }

    @Override
    int spareBits() {
        return (int) bits & SPARE;
    }

    @Override
    public void accepted() {
        rejections[drawn] = 0;
    }

    @Override
    public void rejected() {
        if (options[drawn] >= 0) {
            if (rejections[drawn] < REJECTIONS_FOR_A_REST * LONGEST_REST) {
                rejections[drawn]++;
            }
            rests[drawn] = (byte) (rejections[drawn] / REJECTIONS_FOR_A_REST);
        }
    }
}

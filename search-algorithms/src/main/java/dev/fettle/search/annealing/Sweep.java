package dev.fettle.search.annealing;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the decisions up and down, and at each one through its other options from a random one on. Drawing costs
 * next to nothing, and neighbouring decisions are often neighbours in what an evaluator keeps: this is the order for
 * budgets so long that each move comes up very often anyway.
 *
 * <p>Where options have chances, it tries at each decision one other option or none. One random number tells whether, and
 * which: to pass a decision by costs less than an evaluation. Both ways are of one class, as a search goes from one to the
 * other and a loop that has seen a single class calls it without a detour.
 */
public final class Sweep extends Moves {
    /** Random steps of a number of many values. */
    private static final int STEPS = 4;

    /** Passes without a move after which any move will do. */
    private static final int PASSES = 8;

    private final Space space;
    private final SplitMix random;
    private final @Nullable Chances chances;
    private final int[] decisions;
    private final int[] options;
    private final boolean[] stepped;
    private int position = -1;
    private int direction = 1;
    private int decision;
    private int width;
    private int left;
    private int offset;
    private int chosen;
    private long bits;

    public Sweep(Space space, SplitMix random) {
        this(space, random, null);
    }

    /**
     * @param chances of the options; null where all have the same
     */
    Sweep(Space space, SplitMix random, @Nullable Chances chances) {
        this.space = space;
        this.random = random;
        this.chances = chances;
        decisions = space.movable();
        options = new int[decisions.length];
        stepped = new boolean[decisions.length];
        for (int i = 0; i < decisions.length; i++) {
            stepped[i] = space.stepped(decisions[i]);
            options[i] = stepped[i] ? STEPS + 1 : space.options(decisions[i]);
        }
    }

    @Override
    void at(double temperature) {
        if (chances != null) {
            chances.at(temperature);
        }
    }

    @Override
    public void draw(int[] current) {
        bits = random.next();
        if (chances != null) {
            drawByChance(chances, current);
            return;
        }
        if (left == 0) {
            goOn();
            width = options[position];
            left = width - 1;
            offset = (int) (((bits >>> 40) * left) >>> 24);
        }
        left--;
        offset = offset + 1 == width ? 1 : offset + 1;
    }

    private void goOn() {
        position += direction;
        if (position < 0 || position == decisions.length) {
            direction = -direction;
            position = Math.max(0, position + direction);
        }
        decision = decisions[position];
    }

    private void drawByChance(Chances known, int[] current) {
        for (int tries = PASSES * decisions.length; tries > 0; tries--) {
            goOn();
            chosen = known.draw(decision, current[decision], random.uniform());
            if (chosen != current[decision]) {
                return;
            }
        }
        chosen = Chances.ANY;
    }

    @Override
    public int decision() {
        return decision;
    }

    @Override
    public int option(int[] current) {
        if (chances != null ? chosen == Chances.ANY : stepped[position]) {
            return space.otherOption(decision, current[decision], bits >>> 12);
        }
        if (chances != null) {
            return chosen;
        }
        int option = current[decision] + offset;
        return option < width ? option : option - width;
    }

    @Override
    int spareBits() {
        return (int) bits & SPARE;
    }
}

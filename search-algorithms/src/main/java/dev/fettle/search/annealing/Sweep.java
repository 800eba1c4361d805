package dev.fettle.search.annealing;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;

/**
 * Goes through the decisions up and down, and at each one through its other options from a random one on. Drawing costs
 * next to nothing, and neighbouring decisions are often neighbours in what an evaluator keeps: this is the order for
 * budgets so long that each move comes up very often anyway.
 */
public final class Sweep extends Moves {
    /** Random steps of a number of many values. */
    private static final int STEPS = 4;

    private final Space space;
    private final SplitMix random;
    private final int[] decisions;
    private final int[] options;
    private final boolean[] stepped;
    private int position = -1;
    private int direction = 1;
    private int decision;
    private int width;
    private int left;
    private int offset;
    private long bits;

    public Sweep(Space space, SplitMix random) {
        this.space = space;
        this.random = random;
        decisions = space.movable();
        options = new int[decisions.length];
        stepped = new boolean[decisions.length];
        for (int i = 0; i < decisions.length; i++) {
            stepped[i] = space.stepped(decisions[i]);
            options[i] = stepped[i] ? STEPS + 1 : space.options(decisions[i]);
        }
    }

    @Override
    public void draw(int[] current) {
        bits = random.next();
        if (left == 0) {
            goOn();
        }
        left--;
        offset = offset + 1 == width ? 1 : offset + 1;
    }

    private void goOn() {
        position += direction;
        if (position < 0 || position == decisions.length) {
            direction = -direction;
            position += direction;
        }
        decision = decisions[position];
        width = options[position];
        left = width - 1;
        offset = (int) (((bits >>> 40) * left) >>> 24);
    }

    @Override
    public int decision() {
        return decision;
    }

    @Override
    public int option(int[] current) {
        if (stepped[position]) {
            return space.otherOption(decision, current[decision], bits >>> 12);
        }
        int option = current[decision] + offset;
        return option < width ? option : option - width;
    }

    @Override
    int spareBits() {
        return (int) bits & SPARE;
    }
}

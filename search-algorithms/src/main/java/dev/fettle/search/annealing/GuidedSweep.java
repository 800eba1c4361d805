package dev.fettle.search.annealing;

import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;

/**
 * Goes up and down through a list of moves that is drawn anew from time to time, each move with its chance. As with
 * {@link Sweep}, neighbouring decisions follow each other, and hardly any time goes into drawing.
 */
final class GuidedSweep extends Moves {
    /** Random steps of a number of many values. */
    private static final int STEPS = 4;

    /** Calls of {@link #at} for which a list is used. */
    private static final int CALLS = 4;

    private final Space space;
    private final SplitMix random;
    private final Chances chances;
    private final int[] movable;
    private final int[] decisions;
    private final int[] options;
    private int length;
    private int position;
    private int direction = 1;
    private int calls;
    private int decision;
    private int option;
    private long bits;

    GuidedSweep(Space space, SplitMix random, Chances chances) {
        this.space = space;
        this.random = random;
        this.chances = chances;
        movable = space.movable();
        int most = 0;
        for (int d : movable) {
            most += space.stepped(d) ? STEPS : space.options(d);
        }
        decisions = new int[most];
        options = new int[most];
    }

    @Override
    void at(double temperature) {
        if (calls-- > 0 && length > 0) {
            return;
        }
        calls = CALLS;
        chances.at(temperature);
        length = 0;
        for (int d : movable) {
            boolean stepped = space.stepped(d);
            int count = stepped ? STEPS : space.options(d);
            int first = random.below(count);
            for (int i = 0; i < count; i++) {
                int next = stepped ? -1 : (first + i) % count;
                double chance = chances.of(d, next);
                if (chance >= 1 || random.uniform() < chance) {
                    decisions[length] = d;
                    options[length++] = next;
                }
            }
        }
        position = direction > 0 ? -1 : length;
    }

    @Override
    public void draw(int[] current) {
        bits = random.next();
        for (int tries = 2 * length; tries > 0; tries--) {
            position += direction;
            if (position < 0 || position >= length) {
                direction = -direction;
                position += direction;
            }
            decision = decisions[position];
            option = options[position];
            if (option != current[decision]) {
                return;
            }
        }
        // all in the list is as it is
        decision = movable[random.below(movable.length)];
        option = -1;
    }

    @Override
    public int decision() {
        return decision;
    }

    @Override
    public int option(int[] current) {
        return option >= 0 ? option : space.otherOption(decision, current[decision], bits >>> 12);
    }

    @Override
    int spareBits() {
        return (int) bits & SPARE;
    }
}

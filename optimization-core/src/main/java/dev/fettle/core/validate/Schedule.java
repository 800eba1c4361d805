package dev.fettle.core.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of runs: noise pairs spread evenly among the others, so that a run cut short still has both; inputs in turn,
 * each round in another order; within a pair either version first.
 */
final class Schedule {
    private Schedule() {}

    /**
     * @param noise both runs are of the original
     * @param turn which of the recorded runs on the input answers, where there are several: they take turns
     * @param swapped the second version runs first
     */
    record Slot(int input, boolean noise, int turn, boolean swapped) {}

    static List<Slot> of(int pairs, int noisePairs, int inputs, Random random) {
        List<Slot> slots = new ArrayList<>(pairs + noisePairs);
        List<Integer> paired = turns(pairs, inputs, random);
        List<Integer> noisy = turns(noisePairs, inputs, random);
        int noise = 0;
        for (int pair = 0; pair < pairs; pair++) {
            slots.add(slot(paired.get(pair), false, pair / inputs, random));
            while (noise < noisePairs && (noise + 1.0) / noisePairs <= (pair + 1.0) / pairs) {
                slots.add(slot(noisy.get(noise), true, noise / inputs, random));
                noise++;
            }
        }
        return slots;
    }

    /** Each input begins with another of its recorded runs, so that few pairs on many inputs do not ask the first ones alone. */
    private static Slot slot(int input, boolean noise, int round, Random random) {
        return new Slot(input, noise, round + input, random.nextBoolean());
    }

    private static List<Integer> turns(int count, int inputs, Random random) {
        List<Integer> turns = new ArrayList<>(count);
        while (turns.size() < count) {
            List<Integer> round = new ArrayList<>();
            for (int i = 0; i < inputs; i++) {
                round.add(i);
            }
            Collections.shuffle(round, random);
            turns.addAll(round);
        }
        return turns.subList(0, count);
    }
}

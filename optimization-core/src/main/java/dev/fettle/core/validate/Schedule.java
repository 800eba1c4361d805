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
            slots.add(new Slot(paired.get(pair), false, pair / inputs, random.nextBoolean()));
            while (noise < noisePairs && (noise + 1.0) / noisePairs <= (pair + 1.0) / pairs) {
                // The few noise pairs are not to show the first recorded runs alone.
                slots.add(new Slot(noisy.get(noise), true, noise, random.nextBoolean()));
                noise++;
            }
        }
        return slots;
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

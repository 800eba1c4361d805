package dev.fettle.core.validate;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs made once more on inputs on which the versions differed, or one of them alone failed, to tell that from chance: a
 * workflow that asks a model does not always answer the same. Each input is asked so often that a difference that is always
 * there is told from one that the original has with itself, by Fisher's exact test: 5 of 5 against 0 of 5 comes by chance in
 * 1 of 252.
 *
 * @param pairs original and candidate
 * @param noise original and original
 */
record Confirmation(List<PairOutcome> pairs, List<PairOutcome> noise) {
    /** Pairs of each kind on an input. */
    static final int ROUNDS = 5;

    /** More inputs are not asked again. */
    static final int MOST_INPUTS = 3;

    /**
     * Chance of taking noise for a difference where an input is run again: a twentieth for all that are, however often a dry run
     * is looked at.
     */
    static final double ALPHA = 0.05 / MOST_INPUTS;

    Confirmation() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Whether an input on which a pair differed should be asked again. */
    boolean wants(PairOutcome pair) {
        List<Integer> asked = inputs();
        return (pair.differs() || pair.oversteps()) && asked.size() < MOST_INPUTS && !asked.contains(pair.input());
    }

    private List<Integer> inputs() {
        return noise.stream().map(PairOutcome::input).distinct().toList();
    }

    /** Whether the input was asked as often as it takes. */
    boolean asked(int input) {
        return on(input, pairs).size() >= ROUNDS;
    }

    /** What the input showed; nothing where it was not asked again. */
    AskedAgain of(int input) {
        return AskedAgain.of(on(input, pairs), on(input, noise));
    }

    /** What each input that was asked again showed. */
    List<AskedAgain> all() {
        return inputs().stream().map(this::of).toList();
    }

    private static List<PairOutcome> on(int input, List<PairOutcome> pairs) {
        return pairs.stream().filter(pair -> pair.input() == input).toList();
    }
}

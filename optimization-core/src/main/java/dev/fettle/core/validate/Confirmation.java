package dev.fettle.core.validate;

import dev.fettle.core.validate.PairOutcome.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs made once more where the versions differed, or one of them alone failed, to tell that from chance: a workflow that
 * asks a model does not always answer the same. Each question, an input with the answers from outside, is asked so often
 * that a difference that is always there is told from one that the original has with itself, by Fisher's exact test: 5 of 5
 * against 0 of 5 comes by chance in 1 of 252.
 *
 * @param pairs original and candidate
 * @param noise original and original
 */
record Confirmation(List<PairOutcome> pairs, List<PairOutcome> noise) {
    /** Pairs of each kind on a question. */
    static final int ROUNDS = 5;

    /** More questions are not asked again for their outputs or failures, nor more for their effects. */
    static final int MOST_QUESTIONS = 3;

    /**
     * Chance of taking noise for a difference where a question is asked again: a twentieth for all that are, however often a dry run
     * is looked at.
     */
    static final double ALPHA = 0.05 / (2 * MOST_QUESTIONS);

    Confirmation() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Whether a question on which a pair differed should be asked again. */
    boolean wants(PairOutcome pair) {
        boolean effects = pair.effects().kind() != EffectDifference.Kind.SAME;
        List<Question> asked = questions();
        return (effects || pair.differs())
                && asked.size() < (effects ? 2 : 1) * MOST_QUESTIONS
                && !asked.contains(pair.question());
    }

    private List<Question> questions() {
        return noise.stream().map(PairOutcome::question).distinct().toList();
    }

    /** Whether the question was asked as often as it takes. */
    boolean asked(Question question) {
        return on(question, pairs).size() >= ROUNDS;
    }

    /** What the question showed; nothing where it was not asked again. */
    AskedAgain of(Question question) {
        return AskedAgain.of(on(question, pairs), on(question, noise));
    }

    /**
     * Whether a run of the pair failed by chance, and that explains the difference of the effects: the original fails there only
     * sometimes, and one run did nothing that the other did not. Whether it comes again is another matter.
     */
    boolean stoppedByChance(PairOutcome pair) {
        Findings.Count original = of(pair.question()).failures().original();
        EffectTrail first = pair.first().effects();
        EffectTrail second = pair.second().effects();
        boolean explained = (!pair.first().succeeded() && first.isPartOf(second))
                || (!pair.second().succeeded() && second.isPartOf(first));
        return asked(pair.question()) && original.bad() < original.total() && explained;
    }

    /** What each question that was asked again showed. */
    List<AskedAgain> all() {
        return questions().stream().map(this::of).toList();
    }

    /** The pairs that were run on a question. */
    static List<PairOutcome> on(Question question, List<PairOutcome> pairs) {
        return pairs.stream().filter(pair -> pair.question().equals(question)).toList();
    }
}

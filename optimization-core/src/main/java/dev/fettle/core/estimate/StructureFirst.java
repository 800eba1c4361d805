package dev.fettle.core.estimate;

import dev.fettle.api.search.CandidateEvaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among the options that take nodes out or arrange them anew before all others: a node with options of its own cannot
 * be taken out, so that a search that begins with these comes late to what often gains most.
 *
 * <pre>
 * repeat as long as something improves
 *     score each structural option by itself beside those chosen
 *     take them, the best first, as far as they still improve
 * </pre>
 */
final class StructureFirst {
    private final CandidateEvaluator evaluator;
    private final Partition partition;
    private final int most;
    private int evaluations;

    private record Option(int decision, int option, double score) {}

    /**
     * @param most evaluations to be made
     */
    StructureFirst(CompiledSpace space, int most) {
        this.evaluator = space.newEvaluator();
        this.partition = space.partition();
        this.most = most;
    }

    /** The candidate with structural options that improve it; it should have no others. */
    int[] improve(int[] candidate) {
        int[] chosen = candidate.clone();
        double score = evaluator.reset(chosen);
        boolean better = true;
        while (better && evaluations < most) {
            better = false;
            for (Option option : promising(score)) {
                double now = look(option.decision(), option.option());
                if (now < score) {
                    score = evaluator.apply(option.decision(), option.option());
                    chosen[option.decision()] = option.option();
                    better = true;
                }
            }
        }
        return chosen;
    }

    /** Options that improve the current candidate, the best first. */
    private List<Option> promising(double score) {
        List<Option> options = new ArrayList<>();
        for (int decision = 0; decision < partition.reaches().length; decision++) {
            int count = partition.reaches()[decision] == OptionKind.Reach.STRUCTURAL
                    ? partition.optionCounts()[decision]
                    : 0;
            for (int option = 0; option < count; option++) {
                double alone = option == evaluator.option(decision) ? Double.POSITIVE_INFINITY : look(decision, option);
                if (alone < score) {
                    options.add(new Option(decision, option, alone));
                }
            }
        }
        options.sort(Comparator.comparingDouble(Option::score));
        return options;
    }

    private double look(int decision, int option) {
        if (evaluations >= most) {
            return Double.POSITIVE_INFINITY;
        }
        evaluations++;
        return evaluator.scoreWith(decision, option);
    }

    int evaluations() {
        return evaluations;
    }
}

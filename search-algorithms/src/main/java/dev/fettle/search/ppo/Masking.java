package dev.fettle.search.ppo;

import dev.fettle.api.search.SearchProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes out of a proposal what may not be combined with the rest of it. The options that the policy is surest of are put in
 * first; groups that do not fit are halved until what does not fit stands alone.
 */
final class Masking {
    private final SearchProblem problem;
    private final Prospects prospects;

    /** By decision and position: what did not fit in this episode is not tried again in it. */
    private final boolean[][] refused;

    Masking(SearchProblem problem, Prospects prospects) {
        this.problem = problem;
        this.prospects = prospects;
        refused = new boolean[prospects.options.length][];
        for (int d = 0; d < refused.length; d++) {
            refused[d] = new boolean[prospects.options[d].length];
        }
    }

    /** To be called before each episode. */
    void forget() {
        for (boolean[] own : refused) {
            Arrays.fill(own, false);
        }
    }

    /**
     * @param current an admissible candidate, as positions in {@link Prospects#options}
     * @param proposed options of all decisions, as positions; those that do not fit become the current ones
     * @param certainty by decision
     */
    void mask(int[] current, int[] proposed, double[] certainty) {
        List<Integer> changed = IntStream.range(0, current.length)
                .filter(d -> proposed[d] != current[d] && !refused[d][proposed[d]])
                .boxed()
                .sorted(Comparator.comparingDouble(d -> -certainty[d]))
                .toList();
        int[] taken = current.clone();
        take(changed, proposed, taken);
        System.arraycopy(taken, 0, proposed, 0, taken.length);
    }

    private void take(List<Integer> group, int[] proposed, int[] taken) {
        if (group.isEmpty()) {
            return;
        }
        int[] kept = taken.clone();
        group.forEach(d -> taken[d] = proposed[d]);
        if (problem.admissible(candidate(taken))) {
            return;
        }
        System.arraycopy(kept, 0, taken, 0, kept.length);
        if (group.size() > 1) {
            int half = group.size() / 2;
            take(group.subList(0, half), proposed, taken);
            take(group.subList(half, group.size()), proposed, taken);
        } else {
            int d = group.get(0);
            refused[d][proposed[d]] = true;
        }
    }

    private int[] candidate(int[] positions) {
        int[] candidate = problem.baseline();
        for (int d = 0; d < positions.length; d++) {
            candidate[prospects.decisions[d]] = prospects.options[d][positions[d]];
        }
        return candidate;
    }
}

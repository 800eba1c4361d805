package dev.fettle.benchmarks.function;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import java.util.List;
import java.util.stream.IntStream;

/** A function's inputs as decisions over real numbers; the baseline is the middle. */
public final class FunctionProblem implements SearchProblem {
    private final TestFunction function;
    private final List<Decision> decisions;

    public FunctionProblem(TestFunction function) {
        this.function = function;
        decisions = IntStream.range(0, function.dimension())
                .mapToObj(i -> Decision.real("x" + (i + 1), function.low(i), function.high(i)))
                .toList();
    }

    @Override
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public int[] baseline() {
        return decisions.stream().mapToInt(decision -> decision.options() / 2).toArray();
    }

    @Override
    public boolean expensive() {
        return true;
    }

    private double value(int[] candidate) {
        double[] x = new double[candidate.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = decisions.get(i).value(candidate[i]);
        }
        return function.at(x);
    }

    @Override
    public CandidateEvaluator newEvaluator() {
        return new Evaluator(baseline());
    }

    private final class Evaluator implements CandidateEvaluator {
        private final int[] current;
        private double score;

        Evaluator(int[] start) {
            current = start;
            score = value(start);
        }

        @Override
        public double reset(int[] candidate) {
            System.arraycopy(candidate, 0, current, 0, current.length);
            score = value(current);
            return score;
        }

        @Override
        public double score() {
            return score;
        }

        @Override
        public int option(int decision) {
            return current[decision];
        }

        @Override
        public double scoreWith(int decision, int option, double threshold) {
            int kept = current[decision];
            current[decision] = option;
            double changed = value(current);
            current[decision] = kept;
            return changed;
        }

        @Override
        public double apply(int decision, int option) {
            current[decision] = option;
            score = value(current);
            return score;
        }

        @Override
        public double[] objectives() {
            return new double[] {score};
        }
    }
}

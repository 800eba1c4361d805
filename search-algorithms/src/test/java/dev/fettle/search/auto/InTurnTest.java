package dev.fettle.search.auto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.testkit.search.FunctionProblem;
import dev.fettle.testkit.search.SmallProblems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private static final FunctionProblem RUGGED = SmallProblems.rugged(1, 3, 2);

    private final double[][] all = {{0, 1}, {1, 0}, {0, 2}};
    private final double[][] some = {{0, 1}, {}, {0, 2}};

    /** A problem that takes 7 evaluations whenever it is asked for its relaxation. */
    private static final class Relaxed implements SearchProblem {
        private final double[][] reducedCosts;
        private int asked;

        Relaxed(double[][] reducedCosts) {
            this.reducedCosts = reducedCosts;
        }

        @Override
        public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
            asked++;
            return reducedCosts.length == 0 || mostEvaluations < 7
                    ? Optional.empty()
                    : Optional.of(new Relaxation(around.clone(), reducedCosts, 7));
        }

        @Override
        public List<Decision> decisions() {
            return RUGGED.decisions();
        }

        @Override
        public int[] baseline() {
            return RUGGED.baseline();
        }

        @Override
        public CandidateEvaluator newEvaluator() {
            return RUGGED.newEvaluator();
        }
    }

    private static int evaluations(InTurn problem, int[] around) {
        return problem.relaxation(around, 10).map(Relaxation::evaluations).orElse(-1);
    }

    @Test
    void asksForARelaxationOnceAndLetsTheFirstSearchCountIt() {
        Relaxed problem = new Relaxed(some);
        InTurn inTurn = new InTurn(problem);
        assertThat(inTurn.isPartlyRelaxed(10)).isTrue();
        assertThat(evaluations(inTurn, problem.baseline())).isEqualTo(7);
        assertThat(evaluations(inTurn, problem.baseline())).isZero();
        assertThat(problem.asked).isEqualTo(1);
    }

    @Test
    void asksAgainWithMoreEvaluationsWhereNothingWasTold() {
        Relaxed problem = new Relaxed(all);
        InTurn inTurn = new InTurn(problem);
        assertThat(inTurn.isRelaxed(6)).isFalse();
        assertThat(inTurn.isRelaxed(5)).isFalse();
        assertThat(problem.asked).isEqualTo(1);
        assertThat(inTurn.isRelaxed(7)).isTrue();
        assertThat(evaluations(inTurn, problem.baseline())).isEqualTo(7);
        assertThat(problem.asked).isEqualTo(2);
    }

    @Test
    void asksAgainAroundAnotherCandidate() {
        Relaxed problem = new Relaxed(some);
        InTurn inTurn = new InTurn(problem);
        assertThat(evaluations(inTurn, new int[] {0, 0, 0})).isEqualTo(7);
        assertThat(evaluations(inTurn, new int[] {0, 1, 0})).isEqualTo(7);
        assertThat(problem.asked).isEqualTo(2);
    }

    @Test
    void isPartlyRelaxedWhereSomeDecisionsAreTold() {
        assertThat(new InTurn(new Relaxed(all)).isPartlyRelaxed(10)).isFalse();
        assertThat(new InTurn(new Relaxed(new double[0][])).isPartlyRelaxed(10)).isFalse();
        assertThat(new InTurn(RUGGED).isPartlyRelaxed(10)).isFalse();
    }

    @Test
    void handsItsEvaluatorOnAtTheBaseline() {
        InTurn inTurn = new InTurn(RUGGED);
        CandidateEvaluator first = inTurn.newEvaluator();
        double score = first.score();
        first.apply(0, 1);
        CandidateEvaluator second = inTurn.newEvaluator();
        assertThat(second).isSameAs(first);
        assertThat(second.score()).isEqualTo(score);
        assertThat(second.option(0)).isZero();
    }
}

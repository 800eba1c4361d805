package dev.fettle.search.annealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.Relaxation;
import dev.fettle.search.choicedag.ChoiceDag;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ChancesTest {
    private static final ChoiceDag DAG = ChoiceDag.generate(1, 6, 3);
    private static final Space SPACE = new Space(DAG);

    private static Relaxation relaxation(double[] first) {
        double[][] costs = new double[6][];
        Arrays.fill(costs, new double[] {0, 0, 0});
        costs[0] = first;
        return new Relaxation(DAG.baseline(), costs, 0);
    }

    @Test
    void whatCostsMoreIsTriedLessTheColderItIs() {
        Chances chances = new Chances(SPACE, relaxation(new double[] {0, 0.1, Double.POSITIVE_INFINITY}));
        chances.at(1);
        assertThat(chances.of(0, 0)).isEqualTo(1);
        double warm = chances.of(0, 1);
        chances.at(0.1);
        assertThat(chances.of(0, 1)).isLessThan(warm).isPositive();
        assertThat(chances.of(0, 2)).isLessThan(chances.of(0, 1)).isPositive();
    }

    @Test
    void whatIsNotKnownIsTriedAsOftenAsAllElseAndKeepsTheRestFromBeingHopeless() {
        Chances whole = new Chances(SPACE, relaxation(new double[] {0, 5, 5}));
        Relaxation partly = relaxation(new double[] {0, 5, 5});
        partly.reducedCosts()[1] = new double[0];
        Chances part = new Chances(SPACE, partly);
        whole.at(0.1);
        part.at(0.1);
        assertThat(part.of(1, 2)).isEqualTo(1);
        assertThat(part.of(0, 1)).isGreaterThan(whole.of(0, 1));
    }

    @Test
    void bothOrdersOfMovesTryAnOptionAsOftenAsItsChanceSays() {
        for (boolean sweep : new boolean[] {false, true}) {
            Chances chances = new Chances(SPACE, relaxation(new double[] {0, 0.1, 5}));
            SplitMix random = new SplitMix(3);
            Moves moves = sweep ? new Sweep(SPACE, random, chances) : new ShuffledMoves(SPACE, random, chances);
            int[] current = new int[6];
            int[] drawn = new int[3];
            for (int i = 0; i < 50_000; i++) {
                moves.at(0.1);
                moves.draw(current);
                if (moves.decision() == 0) {
                    drawn[moves.option(current)]++;
                }
            }
            assertThat(drawn[0]).isZero();
            assertThat((double) drawn[2]).isLessThan(0.2 * drawn[1]);
            assertThat(drawn[2]).isPositive();
        }
    }

    @Test
    void ofOptionsWhoseChancesAddUpToMoreThanOneEachGetsItsPart() {
        Chances chances = new Chances(SPACE, relaxation(new double[] {0, 0, 0}));
        chances.at(1);
        int[] drawn = new int[3];
        for (int i = 0; i < 1000; i++) {
            drawn[chances.draw(0, 2, i / 1000.0)]++;
        }
        assertThat(drawn).containsExactly(500, 500, 0);
    }
}

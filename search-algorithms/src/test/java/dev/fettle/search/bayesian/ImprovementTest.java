package dev.fettle.search.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.search.Decision;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import dev.fettle.testkit.search.FunctionProblem;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImprovementTest {
    /** The expected improvement by Simpson's rule over the normal density. */
    private static double integral(double z) {
        int steps = 20_000;
        double low = -z;
        double width = (low + 40 - low) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double u = low + i * width;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * (u + z) * Improvement.density(u);
        }
        return sum * width / 3;
    }

    @Test
    void expectedImprovementIsTheIntegralAlsoFarInTheTail() {
        for (double z : new double[] {-12, -6, -2.6, -2.4, -1, 0, 0.5, 3, 9}) {
            assertThat(Improvement.logExpected(z)).isCloseTo(Math.log(integral(z)), within(1e-6));
        }
        assertThat(Improvement.logExpected(-100)).isBetween(-5020.0, -5000.0);
    }

    @Test
    void probabilityIsThatOfTables() {
        assertThat(Improvement.probability(1.959963984540054)).isCloseTo(0.975, within(1e-12));
        assertThat(Improvement.probability(-1.2815515655446004)).isCloseTo(0.1, within(1e-12));
        assertThat(Improvement.logProbability(-8)).isCloseTo(Math.log(6.22096057427178e-16), within(1e-9));
        assertThat(Improvement.logProbability(-2.5000001))
                .isCloseTo(Improvement.logProbability(-2.4999999), within(1e-6));
    }

    @Test
    void differentOptionsOfAChoiceAreEquallyFarApart() {
        FunctionProblem problem = new FunctionProblem(
                List.of(Decision.choice("kind", 4), Decision.integer("count", 1, 11), Decision.choice("fixed", 1)),
                new int[3],
                false,
                candidate -> new double[] {0});
        Encoding encoding = new Encoding(problem, new Space(problem));
        assertThat(encoding.groups()).containsExactly(0, 0, 0, 0, 1);
        double[] origin = encoding.point(new int[] {0, 0, 0});
        for (int option = 1; option < 4; option++) {
            assertThat(distance(origin, encoding.point(new int[] {option, 0, 0})))
                    .isCloseTo(1, within(1e-12));
        }
        assertThat(distance(origin, encoding.point(new int[] {0, 5, 0}))).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aLatinHypercubeMeetsEachStratumOnce() {
        FunctionProblem problem = new FunctionProblem(
                List.of(Decision.real("a", 0, 1), Decision.integer("b", 0, 9)), new int[2], false, candidate ->
                        new double[] {0});
        Encoding encoding = new Encoding(problem, new Space(problem));
        int[][] candidates = encoding.latinHypercube(10, new SplitMix(3));
        assertThat(Arrays.stream(candidates).mapToInt(candidate -> candidate[1]))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Arrays.stream(candidates).mapToInt(candidate -> candidate[0] * 10 / ((1 << 20) + 1)))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}

package dev.fettle.search.bayesian.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.search.run.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class GaussianProcessTest {
    private static double[][] points(int count, int dimension, long seed) {
        SplitMix random = new SplitMix(seed);
        double[][] points = new double[count][dimension];
        for (double[] point : points) {
            Arrays.setAll(point, i -> random.uniform());
        }
        return points;
    }

    private static double wave(double[] x) {
        return Math.sin(5 * x[0]) + 2 * x[1] * x[1];
    }

    private static double[][] columns(double[][] points) {
        double[][] columns = new double[points[0].length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][i] = points[i][c];
            }
        }
        return columns;
    }

    @Test
    void theFastExponentialIsExact() {
        for (double t = 0; t < 39; t += 0.037) {
            assertThat(Matern.exp(t)).isCloseTo(Math.exp(-t), within(1e-11 * Math.exp(-t) + 1e-15));
        }
    }

    @Test
    void theGradientOfTheLikelihoodIsThatOfFiniteDifferences() {
        double[][] inputs = points(70, 4, 1);
        double[] targets =
                Arrays.stream(inputs).mapToDouble(GaussianProcessTest::wave).toArray();
        int[] groups = {0, 1, 2, 2};
        Likelihood likelihood = new Likelihood(columns(inputs), groups, 3, targets);
        double[] gradient = new double[5];
        for (double[] logs : new double[][] {{-1, 0.3, 2, 0.5, -4}, {0, 0, 0, 0, -2}}) {
            likelihood.at(logs, gradient);
            for (int i = 0; i < logs.length; i++) {
                double[] up = logs.clone();
                double[] down = logs.clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                double slope = (likelihood.at(up, new double[5]) - likelihood.at(down, new double[5])) / 2e-5;
                assertThat(gradient[i]).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
            }
        }
    }

    @Test
    void factorsSolvesAndInverts() {
        for (int size : new int[] {1, 2, 31, 33, 70, 131}) {
            double[][] inputs = points(size, 3, size);
            double[][] matrix = new Likelihood(columns(inputs), new int[] {0, 1, 2}, 3, new double[size])
                    .kernel(new double[] {0, 0, 0, 0, -4}, null);
            double[][] full = new double[size][size];
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    full[i][j] = matrix[i][j];
                    full[j][i] = matrix[i][j];
                }
            }
            Cholesky factor = java.util.Objects.requireNonNull(Cholesky.of(matrix));
            double[][] inverse = factor.inverse();
            double[] solved = new double[size];
            Arrays.fill(solved, 1);
            factor.forward(solved);
            factor.backward(solved);
            for (int i = 0; i < size; i++) {
                double sum = 0;
                double diagonal = 0;
                for (int j = 0; j < size; j++) {
                    sum += full[i][j] * solved[j];
                    diagonal += full[i][j] * inverse[Math.min(i, j)][Math.max(i, j)];
                }
                assertThat(sum).isCloseTo(1, within(1e-8));
                assertThat(diagonal).isCloseTo(1, within(1e-8));
            }
        }
    }

    @Test
    void aSinglePointGivesTheClosedForm() {
        GaussianProcess process = GaussianProcess.fit(new double[][] {{0.5}}, new double[] {3}, 0, new SplitMix(1));
        double[] mean = new double[2];
        double[] deviation = new double[2];
        process.predict(new double[][] {{0.5}, {50}}, mean, deviation);
        assertThat(mean).containsExactly(3, 3);
        assertThat(deviation[1]).isGreaterThan(deviation[0]);
    }

    @Test
    void addingAPointEqualsFactoringAnew() {
        double[][] inputs = points(60, 2, 3);
        double[] targets =
                Arrays.stream(inputs).mapToDouble(GaussianProcessTest::wave).toArray();
        GaussianProcess grown =
                GaussianProcess.fit(Arrays.copyOf(inputs, 40), Arrays.copyOf(targets, 40), 1, new SplitMix(2));
        for (int i = 40; i < 60; i++) {
            assertThat(grown.add(inputs[i], targets[i])).isTrue();
        }
        double[][] at = points(300, 2, 4);
        double[] mean = new double[300];
        double[] deviation = new double[300];
        grown.predict(at, mean, deviation);
        assertThat(grown.size()).isEqualTo(60);
        for (int i = 0; i < at.length; i++) {
            assertThat(mean[i]).isCloseTo(wave(at[i]), within(0.1));
            assertThat(deviation[i]).isLessThan(0.2);
        }
        double[] meanThere = new double[60];
        grown.predict(inputs, meanThere, new double[60]);
        for (int i = 0; i < 60; i++) {
            assertThat(meanThere[i]).isCloseTo(targets[i], within(0.02));
        }
    }

    @Test
    void refusesAPointThatItHasAlready() {
        double[][] inputs = points(20, 2, 5);
        double[] targets =
                Arrays.stream(inputs).mapToDouble(GaussianProcessTest::wave).toArray();
        GaussianProcess process = GaussianProcess.fit(inputs, targets, 0, new SplitMix(1));
        int size = process.size();
        boolean added = process.add(inputs[3], targets[3]);
        assertThat(process.size()).isEqualTo(added ? size + 1 : size);
        double[] mean = new double[20];
        process.predict(inputs, mean, new double[20]);
        assertThat(mean[3]).isCloseTo(targets[3], within(0.05));
    }

    @Test
    void findsOutWhichInputsMatterAndHowNoisyTheTargetsAre() {
        double[][] inputs = points(400, 6, 6);
        SplitMix random = new SplitMix(7);
        double[] targets = Arrays.stream(inputs)
                .mapToDouble(x -> wave(x) + 0.1 * random.gaussian())
                .toArray();
        GaussianProcess process = GaussianProcess.fit(inputs, targets, 1, new SplitMix(1));
        double[] lengths = process.lengthScales();
        for (int i = 2; i < 6; i++) {
            assertThat(lengths[i]).isGreaterThan(3 * Math.max(lengths[0], lengths[1]));
        }
        assertThat(process.noise()).isBetween(0.08, 0.12);
    }

    @Test
    void minimizesWithinBounds() {
        double[] free = {-1.2, 1};
        Lbfgs.Function rosenbrock = (x, gradient) -> {
            double a = 1 - x[0];
            double b = x[1] - x[0] * x[0];
            gradient[0] = -2 * a - 400 * x[0] * b;
            gradient[1] = 200 * b;
            return a * a + 100 * b * b;
        };
        double value = Lbfgs.minimize(rosenbrock, free, new double[] {-5, -5}, new double[] {5, 5}, 200, 0);
        assertThat(value).isLessThan(1e-10);
        assertThat(free).containsExactly(new double[] {1, 1}, within(1e-4));
        double[] bounded = {-1.2, 0.3};
        Lbfgs.minimize(rosenbrock, bounded, new double[] {-5, -5}, new double[] {0.5, 5}, 200, 0);
        assertThat(bounded).containsExactly(new double[] {0.5, 0.25}, within(1e-4));
    }
}

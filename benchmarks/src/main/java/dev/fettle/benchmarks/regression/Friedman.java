package dev.fettle.benchmarks.regression;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows of Friedman's first regression problem (Friedman, "Multivariate adaptive regression splines", 1991): targets {@code
 * 10 sin(pi x1 x2) + 20 (x3 - 0.5)^2 + 10 x4 + 5 x5 + N(0, 1)} of features uniform in [0, 1], of which the rest do not
 * matter. No model can have a lower root mean square error than 1.
 *
 * @param inputs by row; not copied
 * @param targets by row; not copied
 */
public record Friedman(double[][] inputs, double[] targets) {
    private static final int RELEVANT = 5;
    private static final int MOST_ROWS = 1_000_000;

    /** Rows drawn from a seed. */
    public static Friedman generate(long seed, int rows, int features) {
        if (features < RELEVANT) {
            throw new FettleException(
                    ErrorCode.USAGE, "the features (" + features + ") are too few; expected at least " + RELEVANT);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[][] inputs = new double[rows][features];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] x = inputs[row];
            Arrays.setAll(x, i -> random.nextDouble());
            targets[row] = 10 * Math.sin(Math.PI * x[0] * x[1])
                    + 20 * (x[2] - 0.5) * (x[2] - 0.5)
                    + 10 * x[3]
                    + 5 * x[4]
                    + random.nextGaussian();
        }
        return new Friedman(inputs, targets);
    }

    /**
     * Reads rows of comma-separated numbers, the target first.
     *
     * @param rows how many at most
     * @throws FettleException where the file cannot be read or a row is not of this form
     */
    public static Friedman read(Path file, int rows) {
        List<double[]> inputs = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            String line = reader.readLine();
            while (line != null && inputs.size() < Math.min(rows, MOST_ROWS)) {
                double[] numbers = Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
                    throw problem(file, "row " + (inputs.size() + 1) + " holds a number that is not finite");
                }
                if (numbers.length < 2 || (!inputs.isEmpty() && inputs.get(0).length != numbers.length - 1)) {
                    throw problem(file, "row " + (inputs.size() + 1) + " has (" + numbers.length + ") numbers");
                }
                targets.add(numbers[0]);
                inputs.add(Arrays.copyOfRange(numbers, 1, numbers.length));
                line = reader.readLine();
            }
        } catch (IOException unreadable) {
            throw problem(file, "it cannot be read: " + unreadable.getMessage());
        } catch (NumberFormatException notNumbers) {
            throw problem(file, "row " + (inputs.size() + 1) + " holds something other than numbers");
        }
        if (inputs.isEmpty()) {
            throw problem(file, "it is empty");
        }
        return new Friedman(
                inputs.toArray(double[][]::new),
                targets.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static FettleException problem(Path file, String what) {
        return new FettleException(
                ErrorCode.BAD_INPUT,
                "(" + file + "): " + what + "; expected rows of comma-separated numbers, the target first");
    }

    /** The root mean square of the differences between the targets and what was predicted. */
    public double error(double[] predicted) {
        double squares = 0;
        for (int row = 0; row < targets.length; row++) {
            squares += (targets[row] - predicted[row]) * (targets[row] - predicted[row]);
        }
        return Math.sqrt(squares / targets.length);
    }

    /** The rows from one position to before another. */
    public Friedman part(int from, int to) {
        return new Friedman(Arrays.copyOfRange(inputs, from, to), Arrays.copyOfRange(targets, from, to));
    }
}

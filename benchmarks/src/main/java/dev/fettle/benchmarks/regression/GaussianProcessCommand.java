package dev.fettle.benchmarks.regression;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.search.bayesian.gp.GaussianProcess;
import dev.fettle.search.run.SplitMix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits the Gaussian process to rows of a file, or to generated ones, and measures its times and its error. */
@Command(
        name = "gaussian-process",
        description = {
            "Fits a Gaussian process and predicts; prints {\"rows\",\"fitSeconds\",\"firstFitSeconds\",\"rmse\","
                    + "\"predictMilliseconds\"}.",
            "Files hold rows of comma-separated numbers, the target first. Without files, rows of Friedman's first "
                    + "problem are generated from the seed. Times are medians of the repetitions; the first fit is "
                    + "that of a cold JVM."
        },
        mixinStandardHelpOptions = true)
public final class GaussianProcessCommand implements Callable<Integer> {
    private static final int GENERATED_TESTS = 2000;
    private static final int PREDICTIONS = 9;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--train", paramLabel = "FILE", description = "Rows to fit to.")
    private @Nullable Path train;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "Rows to predict; without it, those of --train that follow the fitted ones.")
    private @Nullable Path test;

    @Option(names = "--rows", defaultValue = "500", description = "Rows to fit to; default ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--features", defaultValue = "20", description = "Of generated rows; default ${DEFAULT-VALUE}.")
    private int features;

    @Option(names = "--restarts", defaultValue = "0", description = "Of the fit; default ${DEFAULT-VALUE}.")
    private int restarts;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--repeat", defaultValue = "5", description = "Fits to measure; default ${DEFAULT-VALUE}.")
    private int repeat;

    @Override
    public Integer call() {
        if (rows < 2 || repeat < 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the rows (" + rows + ") or repetitions (" + repeat + ") are too few; expected at least 2 and 1");
        }
        Friedman fitted = train == null ? Friedman.generate(seed, rows, features) : Friedman.read(train, rows);
        Friedman held = held(fitted);
        double[] fitSeconds = new double[repeat];
        GaussianProcess process = fit(fitted, fitSeconds, 0);
        for (int i = 1; i < repeat; i++) {
            process = fit(fitted, fitSeconds, i);
        }
        double[] means = new double[held.targets().length];
        double[] deviations = new double[means.length];
        double[] predictSeconds = new double[PREDICTIONS * repeat];
        for (int i = 0; i < predictSeconds.length; i++) {
            long start = System.nanoTime();
            process.predict(held.inputs(), means, deviations);
            predictSeconds[i] = (System.nanoTime() - start) / 1e9;
        }
        double first = fitSeconds[0];
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "{\"rows\":%d,\"fitSeconds\":%.3f,\"firstFitSeconds\":%.3f,\"rmse\":%.4f,\"predictMilliseconds\":%.1f}",
                fitted.targets().length,
                median(fitSeconds),
                first,
                held.error(means),
                1e3 * median(predictSeconds)));
        out.flush();
        return 0;
    }

    private Friedman held(Friedman fitted) {
        if (test != null) {
            return Friedman.read(test, Integer.MAX_VALUE);
        }
        if (train == null) {
            return Friedman.generate(seed ^ Long.MIN_VALUE, GENERATED_TESTS, features);
        }
        Friedman all = Friedman.read(train, Integer.MAX_VALUE);
        if (all.targets().length <= fitted.targets().length) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "(" + train + ") has no rows behind the first (" + rows + "); give others by --test");
        }
        return all.part(
                fitted.targets().length, Math.min(all.targets().length, fitted.targets().length + GENERATED_TESTS));
    }

    private GaussianProcess fit(Friedman data, double[] seconds, int repetition) {
        long start = System.nanoTime();
        GaussianProcess process =
                GaussianProcess.fit(data.inputs(), data.targets(), restarts, new SplitMix(seed + repetition));
        seconds[repetition] = (System.nanoTime() - start) / 1e9;
        return process;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

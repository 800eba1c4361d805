package dev.fettle.benchmarks.regression;

import dev.fettle.search.bayesian.gp.GaussianProcess;
import dev.fettle.search.run.SplitMix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The Gaussian process on Friedman's first problem: the fit of its hyperparameters, means and deviations at 2,000 points,
 * and one point more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GaussianProcessBenchmark {
    static final int FEATURES = 20;
    static final int POINTS = 2000;

    @Param("500")
    public int rows = 500;

    private Friedman data = new Friedman(new double[0][], new double[0]);
    private double[][] points = {};
    private double[] means = {};
    private double[] deviations = {};
    private GaussianProcess fitted = GaussianProcess.fit(new double[][] {{0}}, new double[1], 0, new SplitMix(1));

    @Setup
    public void generate() {
        data = Friedman.generate(1, rows, FEATURES);
        points = Friedman.generate(2, POINTS, FEATURES).inputs();
        means = new double[POINTS];
        deviations = new double[POINTS];
        fitted = fit();
    }

    /** From the usual starting point, without restarts. */
    @Benchmark
    public GaussianProcess fit() {
        return GaussianProcess.fit(data.inputs(), data.targets(), 0, new SplitMix(1));
    }

    /** Means and deviations at all points. */
    @Benchmark
    public double[] predict() {
        fitted.predict(points, means, deviations);
        return means;
    }

    double[] deviations() {
        return deviations.clone();
    }

    double[][] points() {
        return points;
    }
}

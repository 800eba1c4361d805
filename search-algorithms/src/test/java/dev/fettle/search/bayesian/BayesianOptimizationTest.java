package dev.fettle.search.bayesian;

import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.testkit.search.SearchAlgorithmContract;

final class BayesianOptimizationTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new BayesianOptimization();
    }

    @Override
    protected BayesianSettings settings() {
        return new BayesianSettings(BayesianSettings.Acquisition.EI, 0, 1.8, 4, 60, 0, 100);
    }

    @Override
    protected long evaluations() {
        return 40;
    }

    @Override
    protected double demandedGain() {
        return 0.5;
    }
}

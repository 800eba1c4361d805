package dev.fettle.search.ppo;

import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.testkit.search.SearchAlgorithmContract;

final class PpoTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new Ppo();
    }

    @Override
    protected long evaluations() {
        return 400;
    }

    @Override
    protected double demandedGain() {
        return 0.5;
    }
}

package dev.fettle.search.annealing;

import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.testkit.search.SearchAlgorithmContract;

final class SimulatedAnnealingTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new SimulatedAnnealing();
    }
}

package dev.fettle.search.hillclimbing;

import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.testkit.search.SearchAlgorithmContract;

final class HillClimbingTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new HillClimbing();
    }
}

package dev.fettle.search.genetic;

import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.testkit.search.SearchAlgorithmContract;

final class Nsga2Test extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new Nsga2();
    }
}

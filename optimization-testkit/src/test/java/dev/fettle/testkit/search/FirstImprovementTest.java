package dev.fettle.testkit.search;

import dev.fettle.api.search.SearchAlgorithm;

final class FirstImprovementTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new FirstImprovement();
    }
}

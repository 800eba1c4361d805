package dev.fettle.benchmarks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.SearchResult;
import org.junit.jupiter.api.Test;

/** The benchmark measures as many steps as it says, and steps that gain something. */
class PpoBenchmarkTest {
    @Test
    void eachStepIsOneEvaluationAndTheyImproveTheScore() {
        PpoBenchmark benchmark = new PpoBenchmark();
        benchmark.nodes = 20;
        benchmark.generate();
        for (int steps : new int[] {1, 10, 30}) {
            benchmark.steps = steps;
            SearchResult result = benchmark.search();
            assertThat(result.evaluations()).isEqualTo(steps);
            assertThat(result.score()).isLessThan(benchmark.baseline());
        }
    }
}

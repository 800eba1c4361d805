package dev.fettle.benchmarks.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluatorBenchmarkTest {
    private static EvaluatorBenchmark benchmark() {
        EvaluatorBenchmark benchmark = new EvaluatorBenchmark();
        benchmark.nodes = 30;
        benchmark.generate();
        return benchmark;
    }

    @Test
    void aChangeThatIsMadeScoresAsTheWholeCandidateDoes() {
        EvaluatorBenchmark whole = benchmark();
        EvaluatorBenchmark single = benchmark();
        for (int move = 0; move < 200; move++) {
            assertThat(single.apply()).isCloseTo(whole.full(), within(1e-9));
        }
    }

    @Test
    void aChangeThatIsJudgedLeavesTheCandidateAsItIs() {
        EvaluatorBenchmark judged = benchmark();
        EvaluatorBenchmark again = benchmark();
        for (int move = 0; move < 200; move++) {
            judged.incremental();
            again.incrementalWithThreshold();
        }
        assertThat(judged.apply()).isEqualTo(again.apply());
    }
}

package dev.fettle.benchmarks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The benchmark measures a reading that finds everything that the sample holds. */
class OtlpReadBenchmarkTest {
    private static final int TRACES = 12;

    private static OtlpReadBenchmark benchmark() {
        OtlpReadBenchmark benchmark = new OtlpReadBenchmark();
        benchmark.traces = TRACES;
        benchmark.generate();
        return benchmark;
    }

    @Test
    void readingFindsEveryToken() throws IOException {
        assertThat(benchmark().readTraces()).isEqualTo(TRACES * OtlpSample.STEPS * OtlpSample.INPUT_TOKENS_PER_CALL);
    }

    @Test
    void walkingSeesEveryTokenOfTheSameBytes() throws IOException {
        OtlpReadBenchmark more = new OtlpReadBenchmark();
        more.traces = 2 * TRACES;
        more.generate();
        assertThat(more.walkJson()).isEqualTo(2 * benchmark().walkJson()).isPositive();
    }

    @Test
    void theSampleIsTheSameEveryTime() {
        assertThat(OtlpSample.traces(3, 1)).isEqualTo(OtlpSample.traces(3, 1));
    }
}

package dev.fettle.benchmarks.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.ingest.TraceSink;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.ingest.otlp.OtlpJsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
 * Reading OTLP/JSON into execution traces, against what the JSON parser alone needs for the same bytes. The bar: {@link
 * #readTraces} takes at most three times as long as {@link #walkJson} in the same run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OtlpReadBenchmark {
    /** About 70 kB each. */
    @Param("400")
    public int traces = 400;

    private byte[] content = new byte[0];

    @Setup
    public void generate() {
        content = OtlpSample.traces(traces, 1);
    }

    /** Every token, no text: the least that any reader does. */
    @Benchmark
    public long walkJson() throws IOException {
        long tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(new ByteArrayInputStream(content))) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** The sum of what the traces hold, so that nothing is left out. */
    @Benchmark
    public long readTraces() throws IOException {
        Totals totals = new Totals();
        TraceReader reader = new OtlpJsonReader();
        reader.read(new ReadContext(new ByteArrayInputStream(content), "sample", reader.defaultSettings(), totals));
        return totals.inputTokens;
    }

    static final class Totals implements TraceSink {
        long traces;
        long occurrences;
        long inputTokens;
        long rejected;

        @Override
        public void accept(ExecutionTrace trace) {
            traces++;
            occurrences += trace.occurrences().size();
            inputTokens += trace.tokens().input();
        }

        @Override
        public void reject(String place, String reason) {
            rejected++;
        }
    }
}

package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceSink;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.otlp.OtlpJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The heap that reading needs does not grow with the number of traces: a real process shows it with a small heap. */
class BoundedMemoryTest {
    private static final int REPETITIONS = 1_000;
    private static final int FORESTS = 20;

    @Test
    void aThousandfoldInputIsReadInTheSameSmallHeap() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        List.of(java, "-Xmx24m", "-cp", System.getProperty("java.class.path"), Main.class.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output.strip()).isEqualTo("read " + REPETITIONS * FORESTS + ", rejected 0");
        assertThat(process.exitValue()).isZero();
    }

    /** Reads a generated stream and prints how many traces came out of it. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            long[] counts = new long[2];
            new OtlpJsonReader().read(new ReadContext(new Repeated(), "generated", ReadLimits.DEFAULT, new TraceSink() {
                @Override
                public void accept(ExecutionTrace trace) {
                    counts[0]++;
                }

                @Override
                public void reject(String place, String reason) {
                    counts[1]++;
                }
            }));
            System.out.println("read " + counts[0] + ", rejected " + counts[1]);
        }
    }

    /** OTLP lines of the same forests again and again, under ever new trace ids. */
    private static final class Repeated extends InputStream {
        private final String[] lines = new String[FORESTS];
        private byte[] line = new byte[0];
        private int at;
        private int next;

        Repeated() {
            for (int i = 0; i < FORESTS; i++) {
                lines[i] =
                        SpanWriters.json(SpanWriters.otlp(RandomSpans.traceId(0), RandomSpans.forest(i), false)) + "\n";
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == line.length) {
                if (next == REPETITIONS * FORESTS) {
                    return -1;
                }
                line = lines[next % FORESTS]
                        .replace(RandomSpans.traceId(0), RandomSpans.traceId(1 + next))
                        .getBytes(StandardCharsets.UTF_8);
                at = 0;
                next++;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, target, offset, count);
            at += count;
            return count;
        }
    }
}

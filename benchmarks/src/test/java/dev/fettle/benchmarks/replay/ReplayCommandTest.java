package dev.fettle.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.benchmarks.Benchmarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    @Test
    void everyCallOfEveryRunIsAnsweredFromTheRecording() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exit = Benchmarks.run(new PrintWriter(out), new PrintWriter(err), "replay", "--nodes", "12", "--runs", "5");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"nodes\":12,\"runs\":5,\"failed\":0,\"answered\":60,");
    }
}

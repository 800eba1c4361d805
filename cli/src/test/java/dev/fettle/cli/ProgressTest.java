package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean interactive) {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Progress(new Terminal(stream, stream, interactive, false, 80), "Working", nanos::get);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void workOfLessThanASecondShowsNothing() {
        try (Progress progress = progress(true)) {
            nanos.set(900_000_000L);
            progress.step(9, 10);
        }
        assertThat(printed()).isEmpty();
    }

    @Test
    void aTerminalShowsOneLineThatIsRedrawn() {
        try (Progress progress = progress(true)) {
            nanos.set(2_000_000_000L);
            progress.step(1, 4);
            nanos.set(4_000_000_000L);
            progress.step(2, 4);
        }
        assertThat(printed()).contains("25 %, 6 s left").contains("50 %, 4 s left");
        assertThat(printed().chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void aPipeGetsPlainLinesNowAndThen() {
        try (Progress progress = progress(false)) {
            for (int second = 1; second <= 12; second++) {
                nanos.set(second * 1_000_000_000L);
                progress.step(second, 12);
            }
        }
        assertThat(printed()).doesNotContain("\u001b").doesNotContain("\r");
        assertThat(printed().lines()).hasSize(3);
    }

    @Test
    void coloursAreLeftOutWhereTheyAreNotWanted() {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);

        assertThat(Terminal.of(stream, stream, true, Map.of()).colour()).isTrue();
        assertThat(Terminal.of(stream, stream, true, Map.of("NO_COLOR", "1")).colour())
                .isFalse();
        assertThat(Terminal.of(stream, stream, true, Map.of("TERM", "dumb")).interactive())
                .isFalse();
        assertThat(Terminal.of(stream, stream, false, Map.of()).colour()).isFalse();
        assertThat(Terminal.of(stream, stream, true, Map.of("COLUMNS", "wide")).width())
                .isEqualTo(100);
    }
}

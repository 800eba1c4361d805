package dev.fettle.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {
    @BeforeEach
    void theSystemTellsIt() {
        assumeThat(Path.of("/proc/self/stat")).isReadable();
    }

    private static void command() {
        ProcessMeter.begin();
        ProcessMeter.end();
    }

    private static @Nullable Duration elsewhere() {
        return CompletableFuture.supplyAsync(() -> {
                    ProcessMeter meter = ProcessMeter.start();
                    command();
                    return meter.cpu();
                })
                .join();
    }

    @Test
    void allAttemptsOfACommandCount() {
        ProcessMeter meter = ProcessMeter.start();
        command();
        command();
        assertThat(meter.cpu()).isNotNull();
    }

    @Test
    void whatRunsBetweenTwoAttemptsCountsForItselfOnly() {
        ProcessMeter meter = ProcessMeter.start();
        command();
        assertThat(elsewhere()).isNotNull();
        command();
        assertThat(meter.cpu()).isNull();
    }

    @Test
    void whatWasThereBeforeIsNotToldApart() {
        ProcessMeter.begin();
        assertThat(elsewhere()).isNull();
        ProcessMeter.end();
        assertThat(elsewhere()).isNotNull();
    }
}

package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasureRedundancyTest {
    @Test
    void ratesRepetitionHigh() {
        assertThat(new MeasureRedundancy().run(TestContext.file("again\n".repeat(1000))))
                .isEqualTo(Map.of("redundancy", Map.of("A.java", 100L)));
    }

    @Test
    void leavesOutEmptyFiles() {
        assertThat(new MeasureRedundancy().run(TestContext.file(""))).isEqualTo(Map.of("redundancy", Map.of()));
    }
}

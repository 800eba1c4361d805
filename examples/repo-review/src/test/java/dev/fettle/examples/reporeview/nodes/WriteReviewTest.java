package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteReviewTest {
    @Test
    void putsAllThatItReadsUnderOneKey() {
        assertThat(new WriteReview().run(TestContext.of(Map.of("summary", "fine", "usage", Map.of()))))
                .isEqualTo(Map.of("review", Map.of("summary", "fine", "usage", Map.of())));
    }
}

package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void splitsCamelCaseAndLowersIt() {
        assertThat(Words.of("readURLFrom(Path file_name)"))
                .containsExactly("read", "url", "from", "path", "file", "name");
    }

    @Test
    void leavesOutSingleLettersAndDigits() {
        assertThat(Words.of("x = 12 + a1 - HTTP2")).containsExactly("http");
    }
}

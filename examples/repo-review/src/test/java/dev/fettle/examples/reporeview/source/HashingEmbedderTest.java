package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HashingEmbedderTest {
    private final HashingEmbedder embedder = new HashingEmbedder(256);

    @Test
    void givesVectorsOfLengthOne() {
        float[] vector = embedder.embed("public static void main");

        assertThat(HashingEmbedder.cosine(vector, vector)).isCloseTo(1, within(1e-5f));
    }

    @Test
    void givesZerosForATextTooShort() {
        assertThat(embedder.embed("ab")).containsOnly(0);
    }

    @Test
    void putsSimilarTextsCloserThanOthers() {
        float[] text = embedder.embed("for (Edge edge : workflow.outgoing(node)) { open.add(edge.to()); }");
        float[] similar = embedder.embed("for (Edge edge : workflow.incoming(node)) { open.add(edge.from()); }");
        float[] other = embedder.embed("A rate is in the range from zero to one, never a percentage of anything.");

        assertThat(HashingEmbedder.cosine(text, similar)).isGreaterThan(0.6f);
        assertThat(HashingEmbedder.cosine(text, other)).isLessThan(0.3f);
    }
}

package dev.fettle.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void keysAreSortedAndThereIsNoSpace() throws NotJsonException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, true));
        map.put("a", null);

        assertThat(CanonicalJson.text(map)).isEqualTo("{\"a\":null,\"b\":[1,true]}");
    }

    @Test
    void oneNumberHasOneTextWhateverItsType() throws NotJsonException {
        for (Object one : List.of(1, 1L, (short) 1, 1.0, 1.0f, BigInteger.ONE, new BigDecimal("1.00"))) {
            assertThat(CanonicalJson.text(one)).isEqualTo("1");
        }
        for (Object tenth : List.of(0.1, 0.1f, new BigDecimal("0.10"))) {
            assertThat(CanonicalJson.text(tenth)).isEqualTo("0.1");
        }
        assertThat(CanonicalJson.text(-0.0)).isEqualTo("0");
        assertThat(CanonicalJson.text(1e300)).isEqualTo(CanonicalJson.text(new BigDecimal("1e300")));
        assertThat(CanonicalJson.text(100.0)).isEqualTo("100");
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> CanonicalJson.text(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> CanonicalJson.text(Map.of("a", List.of(1, new Object()))))
                .hasMessageContaining(".a[1]")
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> CanonicalJson.text(Map.of(1, 2))).hasMessageContaining("(1)");
    }

    @Test
    void aListThatHoldsItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> CanonicalJson.digest(self))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("500");
    }

    @Test
    void theDigestKnowsTheSizeOfTheTextForAnyString() throws NotJsonException, NoSuchAlgorithmException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String text = RandomValues.text(random, random.nextInt(40) * random.nextInt(300));
            Map<String, Object> value = new HashMap<>();
            value.put(text, List.of(text, random.nextInt(), random.nextDouble()));

            byte[] bytes = CanonicalJson.text(value).getBytes(StandardCharsets.UTF_8);

            assertThat(CanonicalJson.digest(value).bytes()).as("seed " + seed).isEqualTo(bytes.length);
            assertThat(CanonicalJson.sha256(value))
                    .as("seed " + seed)
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    @Test
    void valuesHaveOneHashExactlyIfTheyHaveOneText() throws NotJsonException {
        Map<String, String> textOfHash = new HashMap<>();
        Map<String, String> hashOfText = new HashMap<>();
        for (int seed = 0; seed < 5000; seed++) {
            Object value = RandomValues.value(new Random(seed), 3);
            String text = CanonicalJson.text(value);
            Digest digest = CanonicalJson.digest(value);

            assertThat(textOfHash.getOrDefault(digest.hash(), text))
                    .as("seed " + seed)
                    .isEqualTo(text);
            assertThat(hashOfText.getOrDefault(text, digest.hash()))
                    .as("seed " + seed)
                    .isEqualTo(digest.hash());
            assertThat(digest.bytes()).as("seed " + seed).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
            textOfHash.put(digest.hash(), text);
            hashOfText.put(text, digest.hash());
        }
        assertThat(textOfHash).hasSizeGreaterThan(2000);
    }

    @Test
    void theOrderOfKeysDoesNotCountAndThatOfElementsDoes() throws NotJsonException {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", List.of(1, 2));
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", List.of(1.0, 2L)));
        other.put("a", new BigDecimal("1.0"));

        assertThat(CanonicalJson.digest(one).hash())
                .isEqualTo(CanonicalJson.digest(other).hash());
        assertThat(CanonicalJson.digest(List.of(1, 2)).hash())
                .isNotEqualTo(CanonicalJson.digest(List.of(2, 1)).hash());
        assertThat(CanonicalJson.digest("1").hash())
                .isNotEqualTo(CanonicalJson.digest(1).hash());
        assertThat(ContentHash.ofText("a")).isEqualTo(CanonicalJson.digest("a").hash());
    }
}

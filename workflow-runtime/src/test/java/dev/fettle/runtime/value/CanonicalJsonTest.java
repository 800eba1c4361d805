package dev.fettle.runtime.value;

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
    void theDigestIsThatOfTheTextForAnyString() throws NotJsonException, NoSuchAlgorithmException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40) * random.nextInt(300);
            for (int i = 0; i < length; i++) {
                text.append((char) random.nextInt(1 + random.nextInt(0x10000)));
            }
            Map<String, Object> value = new HashMap<>();
            value.put(text.toString(), List.of(text.toString(), random.nextInt(), random.nextDouble()));

            byte[] bytes = CanonicalJson.text(value).getBytes(StandardCharsets.UTF_8);
            Digest digest = CanonicalJson.digest(value);

            String sha = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            assertThat(digest.bytes()).as("seed " + seed).isEqualTo(bytes.length);
            assertThat(digest.hash()).as("seed " + seed).isEqualTo(sha.substring(0, 32));
        }
    }
}

package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.ingest.content.RecordedValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedValueTest {
    private static final List<String> TEXTS = List.of(
            "{\"query\": \"caf\\u00e9 \\\"x\\\"\", \"limit\": 1.50, \"deep\": [{}, [], null, true, false, -0.0, 1e3]}",
            "[1, 2.0, 12345678901234567890, 1e400]",
            "\"a text\"",
            "17",
            "null");

    @Test
    void aValueHasTheHashThatItHasInMemory() throws Exception {
        ObjectMapper mapper = new ObjectMapper()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        for (String text : TEXTS) {
            Object value = mapper.readValue(text, Object.class);

            assertThat(RecordedValue.hash(text))
                    .as(text)
                    .isEqualTo(CanonicalJson.digest(value).hash());
            assertThat(RecordedValue.canonical(text)).as(text).isEqualTo(CanonicalJson.text(value));
        }
    }

    @Test
    void whatIsNotJsonIsAText() throws Exception {
        String text = "{not json";

        assertThat(RecordedValue.hash(text))
                .isEqualTo(CanonicalJson.digest(text).hash());
        assertThat(RecordedValue.canonical(text)).isNull();
    }

    @Test
    void aNumberThatJsonDoesNotHaveIsItsText() throws Exception {
        assertThat(RecordedValue.hash("{\"a\": NaN}"))
                .isEqualTo(CanonicalJson.digest(Map.of("a", "NaN")).hash());
        assertThat(RecordedValue.canonical("{\"a\": NaN}")).isEqualTo("{\"a\":\"NaN\"}");
    }
}

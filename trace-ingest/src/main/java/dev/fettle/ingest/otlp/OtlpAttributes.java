package dev.fettle.ingest.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes as OTLP/JSON has them; what is null is left out. */
final class OtlpAttributes {
    private final List<Map<String, Object>> attributes = new ArrayList<>();

    OtlpAttributes text(String key, @Nullable String value) {
        return value == null ? this : add(key, Map.of("stringValue", value));
    }

    /** 64-bit integers are texts in protobuf's JSON. */
    OtlpAttributes count(String key, long value) {
        return add(key, Map.of("intValue", Long.toString(value)));
    }

    OtlpAttributes number(String key, @Nullable Double value) {
        return value == null || !Double.isFinite(value) ? this : add(key, Map.of("doubleValue", value));
    }

    private OtlpAttributes add(String key, Map<String, Object> value) {
        attributes.add(Map.of("key", key, "value", value));
        return this;
    }

    List<Map<String, Object>> list() {
        return List.copyOf(attributes);
    }
}

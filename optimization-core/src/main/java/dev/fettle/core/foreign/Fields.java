package dev.fettle.core.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lenient access to the values of a definition. */
final class Fields {
    private Fields() {}

    static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, one) -> {
                if (one != null) {
                    map.put(String.valueOf(key), one);
                }
            });
        }
        return map;
    }

    static String text(Map<String, Object> fields, String key) {
        Object value = fields.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    /** A list of texts, or the one text. */
    static List<String> texts(Map<String, Object> fields, String key) {
        List<String> texts = new ArrayList<>();
        Object value = fields.get(key);
        if (value instanceof List<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value != null) {
            texts.add(String.valueOf(value));
        }
        return texts;
    }

    static @Nullable Integer whole(Map<String, Object> fields, String key) {
        return fields.get(key) instanceof Number number ? Integer.valueOf(number.intValue()) : null;
    }
}

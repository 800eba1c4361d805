package dev.fettle.core.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed YAML or JSON value that knows where it stands. */
sealed interface YamlValue {
    Place place();

    /** As plain maps, lists, texts, numbers, booleans and nulls. */
    @Nullable
    Object plain();

    record Scalar(@Nullable Object value, String text, Place place) implements YamlValue {
        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    record Sequence(List<YamlValue> items, Place place) implements YamlValue {
        @Override
        public Object plain() {
            List<@Nullable Object> list = new ArrayList<>();
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /**
     * @param keys where each key stands
     */
    record Mapping(Map<String, YamlValue> entries, Map<String, Place> keys, Place place) implements YamlValue {
        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(key, value.plain()));
            return map;
        }
    }
}

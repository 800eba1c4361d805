package dev.fettle.core.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Replaces defaults of a settings record by configured values. */
final class SettingsBinder {
    private final ObjectMapper mapper = Json.mapper();

    /**
     * @param where the place in the configuration, for messages
     * @param problems takes what is wrong; then the defaults are returned
     */
    Record bind(Record defaults, Map<String, Object> configured, String where, Consumer<String> problems) {
        if (configured.isEmpty()) {
            return defaults;
        }
        ObjectNode merged = mapper.valueToTree(defaults);
        List<String> known = new ArrayList<>();
        merged.fieldNames().forEachRemaining(known::add);
        boolean usable = true;
        for (Map.Entry<String, Object> entry : configured.entrySet()) {
            if (merged.has(entry.getKey())) {
                JsonNode value = mapper.valueToTree(entry.getValue());
                merged.set(entry.getKey(), value);
            } else {
                problems.accept("the setting (" + where + "." + entry.getKey() + ") is not known"
                        + NearestName.hint(entry.getKey(), known));
                usable = false;
            }
        }
        if (!usable) {
            return defaults;
        }
        try {
            return mapper.treeToValue(merged, defaults.getClass());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
            if (cause instanceof IllegalArgumentException || cause instanceof FettleException) {
                reason = cause.getMessage();
            }
            problems.accept("the settings under (" + where + ") are not usable: " + reason);
            return defaults;
        }
    }
}

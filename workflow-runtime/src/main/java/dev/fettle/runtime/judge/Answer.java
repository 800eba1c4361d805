package dev.fettle.runtime.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * What the model said.
 *
 * @param same null where it gave no usable answer
 * @param words the difference that it named, or why the answer is not usable
 */
record Answer(@Nullable Boolean same, String words) {
    private static final int SHOWN = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Answer none(String why) {
        return new Answer(null, why);
    }

    /** Only one JSON object with the mark counts, with nothing around it but a code block: what else stands there may be a judged text speaking. */
    static Answer read(String text, String fence) {
        String json = text.strip();
        if (json.startsWith("```") && json.endsWith("```") && json.indexOf('\n') > 0) {
            json = json.substring(json.indexOf('\n'), json.length() - 3).strip();
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isObject()
                    && node.path("mark").asText().equals(fence)
                    && node.path("same").isBoolean()) {
                return new Answer(
                        node.path("same").booleanValue(),
                        brief(node.path("difference").asText()));
            }
        } catch (JsonProcessingException e) {
            return none("the model's answer is not the JSON that was asked for (" + brief(text) + ")");
        }
        return none("the model's answer lacks the mark or the verdict (" + brief(text) + ")");
    }

    private static String brief(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}

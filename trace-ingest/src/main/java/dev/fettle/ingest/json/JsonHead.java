package dev.fettle.ingest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the beginning of a JSON content shows. */
public final class JsonHead {
    private static final int LEVELS = 2;

    private JsonHead() {}

    /**
     * The names of the fields of the first objects: those at the top, and those of the objects directly inside of them or
     * of a list. Empty where the content does not begin as JSON.
     */
    public static Set<String> fields(byte[] head) {
        Set<String> names = new LinkedHashSet<>();
        int first = 0;
        while (first < head.length && head[first] >= 0 && head[first] <= ' ') {
            first++;
        }
        if (first == head.length || (head[first] != '{' && head[first] != '[')) {
            return names;
        }
        try (JsonParser parser = JsonStream.factory(head.length + 1).createParser(head)) {
            int objects = 0;
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.START_OBJECT) {
                    objects++;
                } else if (token == JsonToken.END_OBJECT) {
                    objects--;
                } else if (token == JsonToken.FIELD_NAME && objects <= LEVELS) {
                    names.add(parser.currentName());
                }
            }
        } catch (IOException endOfHead) {
            // The head ends in the middle of a value, or is broken behind what was seen; reading will tell.
        }
        return names;
    }
}

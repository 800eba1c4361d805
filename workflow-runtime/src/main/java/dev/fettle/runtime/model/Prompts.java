package dev.fettle.runtime.model;

import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.StateAccess;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the state into a prompt: <code>{key}</code> becomes the value of a key that the node reads. Other braces stay as
 * they are. What is filled in is not searched for keys again.
 */
public final class Prompts {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}\\s]+)}");

    private Prompts() {}

    public static String fill(String prompt, StateAccess access, Map<String, Object> state) throws NotJsonException {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACE.matcher(prompt);
        int from = 0;
        while (matcher.find()) {
            String key = matcher.group(1);
            boolean reads = access.known() ? access.reads().contains(key) : state.containsKey(key);
            if (reads) {
                filled.append(prompt, from, matcher.start()).append(text(state.get(key)));
                from = matcher.end();
            }
        }
        return filled.append(prompt.substring(from)).toString();
    }

    /** A text as it is, a list as lines, nothing as nothing, everything else as JSON. */
    static String text(@Nullable Object value) throws NotJsonException {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof List<?> list) {
            StringBuilder lines = new StringBuilder();
            for (Object element : list) {
                lines.append("\n- ").append(element instanceof String text ? text : CanonicalJson.text(element));
            }
            return lines.toString();
        }
        return CanonicalJson.text(value);
    }
}

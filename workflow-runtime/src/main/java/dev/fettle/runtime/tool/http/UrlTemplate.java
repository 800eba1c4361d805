package dev.fettle.runtime.tool.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with places for arguments, after RFC 6570, level 2: <code>{name}</code> becomes the argument, percent-encoded;
 * <code>{+name}</code> keeps reserved characters, for an argument that is itself an address. <code>${NAME}</code> becomes an
 * environment variable.
 */
record UrlTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}|\\{(\\+?)([^{}+$]+)}");

    /** The arguments that it names. */
    Set<String> arguments() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(3) != null) {
                names.add(matcher.group(3));
            }
        }
        return names;
    }

    /** The environment variables that it names. */
    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /**
     * Fills in the values.
     *
     * @throws IllegalArgumentException where an argument is missing
     */
    String fill(Map<String, Object> arguments, Map<String, String> environment) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            filled.append(text, from, matcher.start());
            from = matcher.end();
            String variable = matcher.group(1);
            if (variable != null) {
                filled.append(environment.getOrDefault(variable, ""));
            } else {
                Object value = arguments.get(matcher.group(3));
                if (value == null) {
                    throw new IllegalArgumentException(
                            "the argument (" + matcher.group(3) + ") is missing; the url of the tool needs it");
                }
                filled.append(matcher.group(2).isEmpty() ? encode(value) : reserved(String.valueOf(value)));
            }
        }
        return filled.append(text.substring(from)).toString();
    }

    /** The arguments that the address does not name, as a query. */
    String query(Map<String, Object> arguments) {
        Set<String> named = arguments();
        StringJoiner query = new StringJoiner("&");
        arguments.forEach((name, value) -> {
            if (!named.contains(name) && value != null) {
                query.add(encode(name) + "=" + encode(value));
            }
        });
        return query.toString();
    }

    private static String encode(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String reserved(String value) {
        StringBuilder kept = new StringBuilder();
        value.codePoints().forEach(point -> {
            String character = Character.toString(point);
            boolean reserved = ":/?#[]@!$&'()*+,;=%".contains(character);
            kept.append(reserved ? character : encode(character));
        });
        return kept.toString();
    }
}

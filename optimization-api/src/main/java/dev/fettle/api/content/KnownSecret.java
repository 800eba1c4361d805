package dev.fettle.api.content;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A secret whose text is known. It is found as it is, as in a JSON string (escaped as often as one JSON text was put into
 * another), and as in a URL (percent-encoded, with {@code +} or {@code %20} for a blank), each character by itself: programs
 * differ in what they escape.
 */
final class KnownSecret {
    /** What stands after the backslash for the character at the same place of {@link #SHORT}. */
    private static final String SHORT_LETTERS = "bfnrt";

    private static final String SHORT = "\b\f\n\r\t";

    private final String secret;
    private final List<Written> characters;

    KnownSecret(String text) {
        secret = text;
        characters = text.codePoints().mapToObj(Written::of).toList();
    }

    int length() {
        return characters.size();
    }

    /**
     * One character.
     *
     * @param percent as in a URL
     * @param unicode as in JSON, without the first backslash
     * @param shortly as in JSON, without the backslash; as {@code unicode} where there is no short form
     */
    private record Written(String raw, String percent, String unicode, String shortly) {
        static Written of(int character) {
            String raw = Character.toString(character);
            StringBuilder percent = new StringBuilder();
            for (byte one : raw.getBytes(StandardCharsets.UTF_8)) {
                percent.append(String.format("%%%02x", one));
            }
            StringBuilder unicode = new StringBuilder();
            for (int i = 0; i < raw.length(); i++) {
                unicode.append(i == 0 ? "" : "\\").append(String.format("u%04x", (int) raw.charAt(i)));
            }
            int letter = SHORT.indexOf(character);
            String shortly = raw.equals("\"") || raw.equals("/")
                    ? raw
                    : letter < 0 ? unicode.toString() : SHORT_LETTERS.substring(letter, letter + 1);
            return new Written(raw, percent.toString(), unicode.toString(), shortly);
        }

        boolean isBackslash() {
            return raw.equals("\\");
        }
    }

    String replacedIn(String text) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            int end = end(text, at);
            if (end > 0) {
                kept.append(text, from, at).append(Redaction.MARK);
                from = end;
                at = end - 1;
            }
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }

    /** Where the secret ends that begins there; -1 where none does. */
    private int end(String text, int start) {
        if (text.startsWith(secret, start)) {
            return start + secret.length();
        }
        int at = start;
        for (int i = 0; i < characters.size() && at >= 0; i++) {
            boolean afterBackslash = i > 0 && characters.get(i - 1).isBackslash();
            if (!characters.get(i).isBackslash()) {
                at = after(text, at, characters.get(i), afterBackslash);
            } else if (!afterBackslash) {
                at = afterBackslashes(text, at, i);
            }
        }
        return at;
    }

    /** @param afterBackslash then all backslashes that stand before this character are taken already */
    private static int after(String text, int at, Written character, boolean afterBackslash) {
        char first = at < text.length() ? text.charAt(at) : 0;
        int decoded = first == '%' ? afterIgnoringCase(text, at, character.percent()) : -1;
        if (decoded > 0) {
            return decoded;
        }
        if (text.startsWith(character.raw(), at)) {
            return at + character.raw().length();
        }
        if (first == '+' && character.raw().equals(" ")) {
            return at + 1;
        }
        if (first != '\\' && !afterBackslash) {
            return -1;
        }
        int escaped = afterRun(text, at);
        return text.startsWith(character.shortly(), escaped)
                ? escaped + character.shortly().length()
                : afterIgnoringCase(text, escaped, character.unicode());
    }

    /** All that stand there, at least as many as the secret has from its {@code first} on. */
    private int afterBackslashes(String text, int start, int first) {
        int expected = 0;
        while (first + expected < characters.size()
                && characters.get(first + expected).isBackslash()) {
            expected++;
        }
        int at = start;
        int found = 0;
        while (true) {
            int run = afterRun(text, at);
            int encoded = run > at ? afterIgnoringCase(text, run, "u005c") : afterIgnoringCase(text, at, "%5c");
            if (encoded < 0 && run == at) {
                return found >= expected ? at : -1;
            }
            found += encoded < 0 ? run - at : 1;
            at = Math.max(encoded, run);
        }
    }

    private static int afterRun(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == '\\') {
            at++;
        }
        return at;
    }

    private static int afterIgnoringCase(String text, int at, String expected) {
        return text.regionMatches(true, at, expected, 0, expected.length()) ? at + expected.length() : -1;
    }
}

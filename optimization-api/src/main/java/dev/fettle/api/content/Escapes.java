package dev.fettle.api.content;

import org.jspecify.annotations.Nullable;

/** The escapes of RFC 8785, and one for half a surrogate pair, which UTF-8 cannot express. */
final class Escapes {
    private Escapes() {}

    /** How the character at this place is escaped; null where it stands for itself. */
    static @Nullable String of(String text, int index, char c) {
        if (c >= 0x20 && c < 0xD800) {
            return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : null;
        }
        if (c < 0x20) {
            return switch (c) {
                case '\b' -> "\\b";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\f' -> "\\f";
                case '\r' -> "\\r";
                default -> String.format("\\u%04x", (int) c);
            };
        }
        boolean alone = Character.isHighSurrogate(c)
                ? index + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                : Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
        return alone ? String.format("\\u%04x", (int) c) : null;
    }
}

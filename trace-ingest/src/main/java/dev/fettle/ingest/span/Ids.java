package dev.fettle.ingest.span;

import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trace and span ids in one form: lower-case hexadecimal of full length where they are OpenTelemetry ids (hexadecimal,
 * with {@code 0x}, or base64 of 8 or 16 bytes), else as they are. An id is data, never a path; still, what could not be
 * printed safely is refused.
 */
public final class Ids {
    private static final int MAX_LENGTH = 128;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Ids() {}

    /** @throws BadSpanException where the id is absent or not usable */
    public static String required(@Nullable String id, String what) throws BadSpanException {
        String normal = optional(id, what);
        if (normal == null) {
            throw new BadSpanException("the " + what + " is missing; expected 16 or 32 hexadecimal digits");
        }
        return normal;
    }

    /** Null for an absent id: nothing, an empty text, or only zeros. */
    public static @Nullable String optional(@Nullable String id, String what) throws BadSpanException {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (id.length() > MAX_LENGTH || id.contains("..") || !isPrintable(id)) {
            throw new BadSpanException("the " + what + " (" + printable(id) + ") is not usable; expected at most "
                    + MAX_LENGTH + " printable characters without '..'");
        }
        String normal = normalize(id);
        return isZero(normal) ? null : normal;
    }

    /** Whether the text names something: it is there, and not only zeros. */
    static boolean given(@Nullable String id) {
        return id != null && !id.isEmpty() && !isZero(normalize(id));
    }

    private static String normalize(String id) {
        boolean prefixed = id.startsWith("0x") || id.startsWith("0X");
        String digits = prefixed ? id.substring(2) : id;
        if (isHex(digits)) {
            String lower = lowerHex(digits);
            if (prefixed && lower.length() < 32) {
                int full = lower.length() <= 16 ? 16 : 32;
                return "0".repeat(full - lower.length()) + lower;
            }
            return lower;
        }
        if ((id.length() == 12 && id.endsWith("=")) || (id.length() == 24 && id.endsWith("=="))) {
            try {
                byte[] bytes = Base64.getDecoder().decode(id);
                return hex(bytes, bytes.length);
            } catch (IllegalArgumentException notBase64) {
                return id;
            }
        }
        return id;
    }

    /** Bytes as hexadecimal digits. */
    public static String hex(byte[] bytes, int length) {
        char[] digits = new char[2 * length];
        for (int i = 0; i < length; i++) {
            digits[2 * i] = HEX[bytes[i] >>> 4 & 15];
            digits[2 * i + 1] = HEX[bytes[i] & 15];
        }
        return new String(digits);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String lowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'F') {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }

    private static boolean isZero(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' '
                    || (c >= 0x7f && c <= 0x9f)
                    || Character.getType(c) == Character.FORMAT
                    || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** A text made safe for a message: shortened, and with anything that is not printable ASCII escaped. */
    public static String printable(String text) {
        StringBuilder out = new StringBuilder();
        int shown = Math.min(text.length(), 60);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        if (shown < text.length()) {
            out.append("... ").append(text.length()).append(" characters");
        }
        return out.toString();
    }
}

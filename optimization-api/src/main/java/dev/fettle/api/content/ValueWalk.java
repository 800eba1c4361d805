package dev.fettle.api.content;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One walk over a value in memory that hashes it and adds up the size of its canonical text. */
final class ValueWalk {
    private long bytes;

    long bytes() {
        return bytes;
    }

    /** False where the value is not JSON, or too deep. */
    boolean walk(@Nullable Object value, ContentHash into, int depth) {
        if (depth > CanonicalJson.MAX_DEPTH) {
            return false;
        }
        if (value instanceof String text) {
            into.string(text);
            quoted(text);
        } else if (value instanceof Number number) {
            String canonical = CanonicalJson.number(number);
            if (canonical == null) {
                return false;
            }
            into.number(canonical);
            bytes += canonical.length();
        } else if (value == null || value instanceof Boolean) {
            String literal = String.valueOf(value);
            into.literal(literal);
            bytes += literal.length();
        } else if (value instanceof Map<?, ?> map) {
            return object(map, into, depth);
        } else if (value instanceof List<?> list) {
            return list(list, into, depth);
        } else {
            return false;
        }
        return true;
    }

    private boolean object(Map<?, ?> map, ContentHash into, int depth) {
        ContentHash.Members members = new ContentHash.Members();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key) || !walk(entry.getValue(), into, depth + 1)) {
                return false;
            }
            members.add(key, into);
            quoted(key);
        }
        into.object(members);
        // Braces, a colon for each member, a comma between each two.
        bytes += 2 + map.size() + Math.max(0, map.size() - 1);
        return true;
    }

    private boolean list(List<?> list, ContentHash into, int depth) {
        ContentHash.Elements elements = new ContentHash.Elements();
        for (Object element : list) {
            if (!walk(element, into, depth + 1)) {
                return false;
            }
            elements.add(into);
        }
        into.list(elements);
        bytes += 2 + Math.max(0, list.size() - 1);
        return true;
    }

    private void quoted(String text) {
        long size = 2;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                size++;
                continue;
            }
            String escape = Escapes.of(text, i, c);
            if (escape != null) {
                size += escape.length();
            } else if (c < 0x800) {
                size += 2;
            } else if (Character.isHighSurrogate(c)) {
                size += 4;
                i++;
            } else {
                size += 3;
            }
        }
        bytes += size;
    }
}

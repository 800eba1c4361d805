package dev.fettle.ingest.span;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds an attribute by its name's characters, without making a text of them: most attributes of a span are of no
 * interest.
 */
public final class AttributeTable {
    private static final int SIZE = 512;
    private static final char[][] NAMES = new char[SIZE][];
    private static final Attribute[] ATTRIBUTES = new Attribute[SIZE];

    static {
        for (Attribute attribute : Attribute.values()) {
            for (String name : attribute.names()) {
                char[] chars = name.toCharArray();
                int slot = hash(chars, 0, chars.length);
                while (NAMES[slot] != null) {
                    slot = slot + 1 & SIZE - 1;
                }
                NAMES[slot] = chars;
                ATTRIBUTES[slot] = attribute;
            }
        }
    }

    private AttributeTable() {}

    /** The attribute with this name; null where Fettle does not read it. */
    public static @Nullable Attribute find(char[] text, int offset, int length) {
        int slot = hash(text, offset, length);
        while (NAMES[slot] != null) {
            char[] name = NAMES[slot];
            if (name.length == length && Arrays.equals(name, 0, length, text, offset, offset + length)) {
                return ATTRIBUTES[slot];
            }
            slot = slot + 1 & SIZE - 1;
        }
        return null;
    }

    private static int hash(char[] text, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ hash >>> 9 ^ hash >>> 18) & SIZE - 1;
    }
}

package dev.fettle.api.content;

import dev.fettle.api.Evolving;

/**
 * The identity of a JSON value: 128 bits of MurmurHash3 (x64, Austin Appleby, public domain, over UTF-16 code units). The
 * hash of an object is made from the sum of the hashes of its members, so that their order does not matter and nothing is
 * sorted; that of a list from its elements in order. Numbers count by value, in the one text that
 * {@link CanonicalJson#number} gives. A text that is not JSON counts as a JSON string.
 *
 * <p>It tells equal content from different content: among a million different values the chance of one collision is below
 * 10<sup>-26</sup>. It does not withstand someone who constructs collisions; where that matters, use
 * {@link CanonicalJson#sha256}.
 *
 * <p>An instance is the hash that is being made of one value; a walk over a value, in memory or from a parser, reuses a few.
 */
@Evolving
public final class ContentHash {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final long OBJECT = 0x6f626aL;
    private static final long ARRAY = 0x617272L;
    private static final long STRING = 0x737472L;
    private static final long NUMBER = 0x6e756dL;
    private static final long LITERAL = 0x6c6974L;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private long h1;
    private long h2;

    /** The hash of a text as 32 hexadecimal digits: that of the JSON string. */
    public static String ofText(CharSequence text) {
        ContentHash hash = new ContentHash();
        hash.string(text);
        return hash.hex();
    }

    /** Makes this the hash of a JSON string. */
    public void string(CharSequence text) {
        text(text, STRING);
    }

    /** The same, of characters in an array. */
    public void string(char[] text, int offset, int length) {
        chars(text, offset, length, STRING);
    }

    /** Makes this the hash of a number, given as {@link CanonicalJson#number} writes it. */
    public void number(CharSequence canonical) {
        text(canonical, NUMBER);
    }

    /** Makes this the hash of {@code true}, {@code false} or {@code null}. */
    public void literal(CharSequence literal) {
        text(literal, LITERAL);
    }

    private void text(CharSequence text, long seed) {
        h1 = seed;
        h2 = seed;
        int length = text.length();
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            block(four(text, i), four(text, i + 4));
        }
        long k1 = 0;
        long k2 = 0;
        for (int j = length - 1; j >= i; j--) {
            if (j - i >= 4) {
                k2 = k2 << 16 | text.charAt(j);
            } else {
                k1 = k1 << 16 | text.charAt(j);
            }
        }
        tail(k1, k2, length);
    }

    private void chars(char[] text, int offset, int length, long seed) {
        h1 = seed;
        h2 = seed;
        int end = offset + length;
        int i = offset;
        for (; i + 8 <= end; i += 8) {
            block(four(text, i), four(text, i + 4));
        }
        long k1 = 0;
        long k2 = 0;
        for (int j = end - 1; j >= i; j--) {
            if (j - i >= 4) {
                k2 = k2 << 16 | text[j];
            } else {
                k1 = k1 << 16 | text[j];
            }
        }
        tail(k1, k2, length);
    }

    /** The members of an object, whose hashes are added up. */
    public static final class Members {
        private final ContentHash member = new ContentHash();
        private long sum1;
        private long sum2;
        private long size;

        /** Adds a member: its key, and the hash of its value, which this is free to be reused after. */
        public void add(CharSequence key, ContentHash value) {
            member.text(key, OBJECT);
            long key1 = member.h1;
            long key2 = member.h2;
            member.start(OBJECT);
            member.block(key1, key2);
            member.block(value.h1, value.h2);
            member.finish(2);
            sum1 += member.h1;
            sum2 += member.h2;
            size++;
        }
    }

    /** The elements of a list, whose hashes are chained. */
    public static final class Elements {
        private long h1 = ARRAY;
        private long h2 = ARRAY;
        private long size;
        private final ContentHash chain = new ContentHash();

        /** Adds an element by the hash of its value, which is free to be reused after. */
        public void add(ContentHash value) {
            chain.start(ARRAY);
            chain.block(h1, h2);
            chain.block(value.h1, value.h2);
            h1 = chain.h1;
            h2 = chain.h2;
            size++;
        }
    }

    /** Makes this the hash of an object. */
    public void object(Members members) {
        start(OBJECT);
        block(members.sum1, members.sum2);
        finish(members.size);
    }

    /** Makes this the hash of a list. */
    public void list(Elements elements) {
        start(ARRAY);
        block(elements.h1, elements.h2);
        finish(elements.size);
    }

    private void start(long seed) {
        h1 = seed;
        h2 = seed;
    }

    private void finish(long length) {
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = avalanche(h1);
        h2 = avalanche(h2);
        h1 += h2;
        h2 += h1;
    }

    /** The hash as 32 hexadecimal digits. */
    public String hex() {
        return hex(h1, h2);
    }

    private static String hex(long first, long second) {
        char[] digits = new char[32];
        for (int i = 0; i < 16; i++) {
            digits[i] = HEX[(int) (first >>> (60 - 4 * i)) & 15];
            digits[16 + i] = HEX[(int) (second >>> (60 - 4 * i)) & 15];
        }
        return new String(digits);
    }

    private static long four(CharSequence text, int i) {
        return text.charAt(i)
                | (long) text.charAt(i + 1) << 16
                | (long) text.charAt(i + 2) << 32
                | (long) text.charAt(i + 3) << 48;
    }

    private static long four(char[] text, int i) {
        return text[i] | (long) text[i + 1] << 16 | (long) text[i + 2] << 32 | (long) text[i + 3] << 48;
    }

    private void block(long k1, long k2) {
        h1 ^= Long.rotateLeft(k1 * C1, 31) * C2;
        h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
        h2 ^= Long.rotateLeft(k2 * C2, 33) * C1;
        h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }

    private void tail(long k1, long k2, int length) {
        h2 ^= Long.rotateLeft(k2 * C2, 33) * C1;
        h1 ^= Long.rotateLeft(k1 * C1, 31) * C2;
        finish(2L * length);
    }

    private static long avalanche(long value) {
        long k = value;
        k ^= k >>> 33;
        k *= 0xff51afd7ed558ccdL;
        k ^= k >>> 33;
        k *= 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}

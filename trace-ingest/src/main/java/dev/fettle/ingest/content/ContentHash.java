package dev.fettle.ingest.content;

/**
 * A 128-bit hash of text (MurmurHash3 x64 128, Austin Appleby, public domain, over UTF-16 code units).
 *
 * <p>It tells equal content from different content: among a million different texts the chance of one collision is below
 * 10<sup>-26</sup>. It does not withstand someone who constructs collisions, and nothing here depends on that.
 */
public final class ContentHash {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private long h1;
    private long h2;

    /** The hash of a text as 32 hexadecimal digits. */
    public static String ofText(CharSequence text) {
        ContentHash hash = new ContentHash();
        hash.text(text, 0x7465_7874L);
        return hash.hex();
    }

    void text(CharSequence text, long seed) {
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

    void chars(char[] text, int offset, int length, long seed) {
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

    /** Folds another hash in; the order of folding matters. */
    void fold(long a, long b) {
        block(a, b);
    }

    void start(long seed) {
        h1 = seed;
        h2 = seed;
    }

    void finish(long length) {
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = avalanche(h1);
        h2 = avalanche(h2);
        h1 += h2;
        h2 += h1;
    }

    long first() {
        return h1;
    }

    long second() {
        return h2;
    }

    String hex() {
        return hex(h1, h2);
    }

    static String hex(long first, long second) {
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

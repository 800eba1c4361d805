package dev.fettle.core.read;

import java.util.Arrays;

/**
 * Remembers trace ids as 64-bit hashes. Among a million ids the chance that any two are taken for the same is below
 * 10<sup>-7</sup>. When it is full it forgets all and starts again, so that its size is bounded.
 */
final class KnownTraces {
    private final int max;
    private long[] slots = new long[1024];
    private int size;

    KnownTraces(int max) {
        this.max = Math.max(1, max);
    }

    /** Whether the id was not known; it is from then on. */
    boolean add(String id) {
        if (size >= max) {
            Arrays.fill(slots, 0);
            size = 0;
        }
        if (2 * size >= slots.length) {
            long[] old = slots;
            slots = new long[2 * old.length];
            for (long hash : old) {
                if (hash != 0) {
                    slots[slot(hash)] = hash;
                }
            }
        }
        long hash = hash(id);
        int slot = slot(hash);
        if (slots[slot] == hash) {
            return false;
        }
        slots[slot] = hash;
        size++;
        return true;
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** FNV-1a with a final mix; never 0, which marks an empty slot. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}

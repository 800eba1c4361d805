package dev.fettle.examples.reporeview.source;

/**
 * Turns a text into a vector without a model: each run of characters is hashed to a dimension and a sign (Weinberger et
 * al., Feature Hashing for Large Scale Multitask Learning, 2009). Texts that share many runs get similar vectors.
 */
public final class HashingEmbedder {
    private static final int SHORTEST_RUN = 3;
    private static final int LONGEST_RUN = 5;

    private final int dimensions;

    /**
     * @param dimensions of the vectors; at least 1
     */
    public HashingEmbedder(int dimensions) {
        this.dimensions = dimensions;
    }

    /** A vector of length 1; all zeros for a text without runs. */
    public float[] embed(CharSequence text) {
        float[] vector = new float[dimensions];
        for (int start = 0; start < text.length(); start++) {
            int hash = 0;
            int end = Math.min(text.length(), start + LONGEST_RUN);
            for (int at = start; at < end; at++) {
                hash = (hash ^ text.charAt(at)) * 0x01000193;
                if (at - start + 1 >= SHORTEST_RUN) {
                    int mixed = mix(hash);
                    vector[Math.floorMod(mixed, dimensions)] += mixed < 0 ? -1 : 1;
                }
            }
        }
        return normalized(vector);
    }

    private static int mix(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
        return mixed ^ mixed >>> 13;
    }

    private static float[] normalized(float[] vector) {
        double squares = cosine(vector, vector);
        if (squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
        }
        return vector;
    }

    /** The cosine of the angle between two vectors of length 1. */
    public static float cosine(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

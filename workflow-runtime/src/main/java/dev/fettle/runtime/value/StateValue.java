package dev.fettle.runtime.value;

import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.Digest;
import dev.fettle.api.content.NotJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of the state with its hash, computed once when it is written. Stands for JSON null too, which a LangGraph4j state
 * cannot hold. Equal values have equal hashes whatever Java types hold them, so the hash decides equality.
 *
 * @param value a JSON value; shared between nodes and not modified
 * @param bytes size as canonical JSON
 */
public record StateValue(@Nullable Object value, String hash, long bytes) {
    public static StateValue of(@Nullable Object value) throws NotJsonException {
        Digest digest = CanonicalJson.digest(value);
        return new StateValue(value, digest.hash(), digest.bytes());
    }

    /** The plain values. */
    public static Map<String, @Nullable Object> plain(Map<String, StateValue> values) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> plain.put(key, value.value()));
        return plain;
    }

    /** The hashes, by key in order. */
    public static Map<String, String> hashes(Map<String, StateValue> values) {
        Map<String, String> hashes = new TreeMap<>();
        values.forEach((key, value) -> hashes.put(key, value.hash()));
        return hashes;
    }

    /** One hash for several values, made from theirs. */
    public static String jointHash(Map<String, StateValue> values) {
        try {
            return CanonicalJson.digest(hashes(values)).hash();
        } catch (NotJsonException e) {
            throw new IllegalStateException("a map of texts is JSON", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateValue that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }
}

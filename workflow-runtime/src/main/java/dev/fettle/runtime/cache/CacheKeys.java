package dev.fettle.runtime.cache;

import dev.fettle.api.content.Sha256;
import dev.fettle.api.workflow.Policies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of results: what the result depends on, as far as the policy says. */
public final class CacheKeys {
    private final Policies.Cache policy;
    private final Path directory;

    /** @param directory against which names of files are resolved */
    public CacheKeys(Policies.Cache policy, Path directory) {
        this.policy = policy;
        this.directory = directory;
    }

    /**
     * The key; empty where there is none, so that nothing may be kept: a state key is absent, or a file cannot be read.
     *
     * @param inputHash of the arguments, or of all that a node reads
     * @param values arguments by name, or state by key
     * @param stateHashes of what the node reads
     */
    public Optional<String> of(String inputHash, Map<String, ?> values, Map<String, String> stateHashes) {
        StringBuilder key = new StringBuilder(inputHash);
        for (String state : policy.invalidation().stateKeys()) {
            String hash = stateHashes.get(state);
            if (hash == null) {
                return Optional.empty();
            }
            key.append('|').append(hash);
        }
        for (String argument : policy.invalidation().fileArguments()) {
            String contents = contents(values.get(argument));
            if (contents == null) {
                return Optional.empty();
            }
            key.append('|').append(contents);
        }
        return Optional.of(key.toString());
    }

    /** A hash of the contents of a file, or of each of several. Contents decide, since times of change may be too coarse. */
    private @Nullable String contents(@Nullable Object value) {
        if (value instanceof List<?> several) {
            StringBuilder all = new StringBuilder("[");
            for (Object one : several) {
                String contents = contents(one);
                if (contents == null) {
                    return null;
                }
                all.append(contents).append(',');
            }
            return all.append(']').toString();
        }
        if (!(value instanceof String name)) {
            return null;
        }
        try {
            Path file = directory.resolve(name);
            return Files.isRegularFile(file) ? hash(file) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

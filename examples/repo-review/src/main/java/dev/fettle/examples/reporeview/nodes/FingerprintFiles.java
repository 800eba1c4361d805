package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Notes which state of the files is reviewed: {@code folder} and {@code files} to {@code fingerprint}, a SHA-256 hash.
 * Keeps the hash of each file on disk, under a lock so that two reviews do not mix theirs.
 *
 * <p>The lock makes the node unreliable: where there are too many files to keep, an early return forgets to give it back,
 * and the next review of the folder meets it. That one takes it for the lock of a crashed review, clears it away and
 * fails; the workflow's retry then succeeds.
 */
@AutoService(NodeRunner.class)
public final class FingerprintFiles implements NodeRunner {
    @Override
    public String name() {
        return "fingerprint-files";
    }

    @Override
    public Map<String, Object> run(NodeContext context) throws IOException, NoSuchAlgorithmException {
        List<SourceFile> files = State.files(context);
        Path records = Files.createDirectories(context.directory().resolve("target/records"));
        String name = HexFormat.of().toHexDigits(State.text(context, "folder").hashCode());
        Path lock = records.resolve(name + ".lock");
        take(lock);

        StringBuilder hashes = new StringBuilder();
        for (SourceFile file : files) {
            hashes.append(sha256(file.text())).append(' ').append(file.path()).append('\n');
        }
        Map<String, Object> result = Map.of("fingerprint", sha256(hashes.toString()));
        if (files.size() > State.parameter(context, "mostKept", 100)) {
            return result;
        }
        Files.writeString(records.resolve(name + ".sha256"), hashes);
        Files.deleteIfExists(lock);
        return result;
    }

    private static void take(Path lock) throws IOException {
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException taken) {
            Files.deleteIfExists(lock);
            throw taken;
        }
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.fettle.core.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Certificates as JSON. A hash over the content shows where it was changed by mistake; it is not a signature. */
public final class CertificateFile {
    /** The name in an output folder. */
    public static final String NAME = "certificate.json";

    private static final String CONTENT_HASH = "contentHash";
    private static final long MOST_BYTES = 16L << 20;

    private CertificateFile() {}

    public static String write(Certificate certificate) {
        ObjectMapper mapper = Json.mapper();
        ObjectNode tree = mapper.valueToTree(certificate);
        tree.put(CONTENT_HASH, hash(mapper, tree));
        return tree.toPrettyString() + "\n";
    }

    /**
     * Reads a certificate.
     *
     * @throws FettleException where it cannot be read, has another format, or was changed
     */
    public static Certificate read(Path file) {
        ObjectMapper mapper = Json.mapper();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "is larger than " + MOST_BYTES + " bytes");
            }
            JsonNode tree = mapper.readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (!(tree instanceof ObjectNode content) || !tree.path("version").canConvertToInt()) {
                throw unusable(file, "is no certificate");
            }
            int version = tree.path("version").intValue();
            if (version != Certificate.VERSION) {
                throw unusable(
                        file,
                        "has the version (" + version + "), and this program knows (" + Certificate.VERSION + ")");
            }
            JsonNode hash = content.remove(CONTENT_HASH);
            if (hash == null || !hash.asText().equals(hash(mapper, content))) {
                throw unusable(file, "was changed after it was written: its contentHash does not fit its content");
            }
            return mapper.treeToValue(content, Certificate.class);
        } catch (JsonProcessingException e) {
            throw unusable(file, "is no certificate, or is cut");
        } catch (IOException e) {
            throw unusable(file, "cannot be read (" + e.getMessage() + ")");
        }
    }

    private static String hash(ObjectMapper mapper, ObjectNode tree) {
        return Fingerprint.ofValue(mapper.convertValue(tree, new TypeReference<Map<String, Object>>() {}));
    }

    private static FettleException unusable(Path file, String what) {
        return new FettleException(
                ErrorCode.BAD_INPUT, file + ": " + what + "; expected a file as 'fettle validate' writes it");
    }
}

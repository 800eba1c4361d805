package dev.fettle.core.definition;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small UTF-8 file whole, and says what is wrong where that is not possible. */
public final class YamlText {
    /** Definitions and configurations beyond this are refused. */
    public static final int LIMIT_BYTES = 16 << 20;

    private YamlText() {}

    public static String read(Path file) {
        byte[] bytes = bytes(file);
        if (bytes.length >= 2 && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1))) {
            throw bad(file, "is UTF-16; expected UTF-8. Convert it, for example with iconv");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw bad(file, "is not UTF-8 text; expected a definition in YAML or JSON, encoded as UTF-8");
        }
    }

    private static byte[] bytes(Path file) {
        if (!Files.exists(file)) {
            throw bad(file, "does not exist");
        }
        if (Files.isDirectory(file)) {
            throw bad(file, "is a folder; expected a file");
        }
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(LIMIT_BYTES + 1);
            if (bytes.length > LIMIT_BYTES) {
                throw bad(
                        file, "has more than " + LIMIT_BYTES + " bytes, the limit for definitions and configurations");
            }
            return bytes;
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static FettleException bad(Path file, String message) {
        return new FettleException(ErrorCode.BAD_INPUT, file + ": " + message);
    }
}

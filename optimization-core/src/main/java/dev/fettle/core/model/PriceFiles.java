package dev.fettle.core.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads price files, whichever of the known forms they have. */
final class PriceFiles {
    private static final int MAX_BYTES = 32 << 20;

    private PriceFiles() {}

    static List<Catalogue.Entry> resource(Class<?> beside, String name) {
        try (InputStream input = beside.getResourceAsStream(name)) {
            if (input == null) {
                throw new FettleException(ErrorCode.INTERNAL, "the built-in price table (" + name + ") is missing");
            }
            return PriceTable.parse(text(input.readAllBytes(), name), name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Catalogue.Entry> read(Path file) {
        String source = file.toString();
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        } catch (IOException failure) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + ": cannot read the price file ("
                            + failure.getClass().getSimpleName()
                            + "); expected a YAML price table or LiteLLM's price map in JSON",
                    failure);
        }
        if (bytes.length > MAX_BYTES) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, source + ": the price file is larger than " + MAX_BYTES + " bytes");
        }
        String text = text(bytes, source);
        return text.stripLeading().startsWith("{") ? LiteLlmPrices.parse(text, source) : PriceTable.parse(text, source);
    }

    private static String text(byte[] bytes, String source) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new FettleException(ErrorCode.BAD_INPUT, source + ": the price file is not UTF-8 text", notUtf8);
        }
    }
}

package dev.fettle.runtime.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.runtime.process.CommandFailedException;
import dev.fettle.runtime.process.Processes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process: what the node reads as a JSON object on standard input, its updates as one on standard output. */
final class CommandCode implements NodeCode {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final NodeBody.Command command;

    CommandCode(NodeBody.Command command) {
        this.command = command;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt)
            throws CommandFailedException, InterruptedException, NotJsonException {
        byte[] input = CanonicalJson.text(attempt.state()).getBytes(StandardCharsets.UTF_8);
        byte[] output = attempt.run()
                .processes()
                .run(
                        new Processes.Command(
                                command.command(),
                                attempt.directory(),
                                attempt.run().models().secrets().passed(command.environment()),
                                input,
                                command.outputLimitBytes(),
                                attempt.run().settings().keepErrorOutputBytes()),
                        attempt.scope());
        return updates(output);
    }

    @SuppressWarnings("unchecked") // Jackson reads a JSON object into a map with text keys.
    private Map<String, @Nullable Object> updates(byte[] output) throws CommandFailedException {
        String text = decode(output);
        if (text.isBlank()) {
            return Map.of();
        }
        try {
            Object value = JSON.readValue(text, Object.class);
            if (value instanceof Map<?, ?> map) {
                return new LinkedHashMap<>((Map<String, @Nullable Object>) map);
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("the output of the command (" + String.join(" ", command.command())
                    + ") is not JSON at line " + line(e) + ": (" + start(text) + "); expected an object of state keys");
        }
        throw new CommandFailedException("the output of the command (" + String.join(" ", command.command()) + ") is ("
                + start(text) + "); expected a JSON object of state keys");
    }

    private String decode(byte[] output) throws CommandFailedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(output))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailedException("the output of the command (" + String.join(" ", command.command())
                    + ") is not UTF-8; expected a JSON object in UTF-8");
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static String start(String text) {
        String line = text.strip();
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }
}

package dev.fettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One run of the command line, in this process, with what it printed. */
record CommandLineRun(int exit, String out, String err) {
    static CommandLineRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                100);
        int exit = Fettle.run(terminal, arguments);
        return new CommandLineRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(out);
    }

    /** The root folder of the source tree. */
    static Path root() {
        return Path.of(System.getProperty("fettle.root", "..")).toAbsolutePath().normalize();
    }

    /** Recorded data beside the source tree, which may be absent. */
    static Path data(String name) {
        return root().resolveSibling("shared").resolve("data").resolve(name);
    }
}

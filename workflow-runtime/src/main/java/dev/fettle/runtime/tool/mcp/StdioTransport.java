package dev.fettle.runtime.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fettle.runtime.process.ProcessTree;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that is a process of its own, one message a line on its standard streams. It sees only the given environment, and
 * closing ends it with everything that it started; its error output is dropped.
 */
final class StdioTransport extends CallTransport {
    private static final long STOP_WAIT_MILLIS = 5000;

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private @Nullable Process process;
    private @Nullable Thread reader;

    StdioTransport(List<String> command, Path directory, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.directory = directory;
        this.environment = environment;
    }

    @Override
    void open() throws IOException {
        List<String> words = new ArrayList<>(command);
        if (words.get(0).contains("/") || words.get(0).contains(File.separator)) {
            words.set(0, directory.resolve(words.get(0)).toAbsolutePath().toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        Thread thread = new Thread(() -> read(started), "fettle-mcp-" + started.pid());
        thread.setDaemon(true);
        reader = thread;
        thread.start();
    }

    private void read(Process started) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                accept(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The stream breaks when the process is ended.
        }
        broken("the MCP server (" + String.join(" ", command) + ") has ended");
    }

    /** A line that is no JSON is what a server prints by mistake. */
    private void accept(String line) {
        try {
            received(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return;
        }
    }

    @Override
    void send(String message) throws IOException {
        Process started = process;
        if (started == null || !started.isAlive()) {
            throw new IOException("the MCP server (" + String.join(" ", command) + ") does not run");
        }
        synchronized (this) {
            OutputStream out = started.getOutputStream();
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    void cancel(Thread caller) {
        // It waits for the answer, which an interrupt ends.
    }

    @Override
    public void close() throws IOException {
        Process started = process;
        Thread thread = reader;
        if (started != null) {
            ProcessTree.kill(started.toHandle());
            ProcessTree.await(started.toHandle());
        }
        if (thread != null) {
            try {
                thread.join(STOP_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

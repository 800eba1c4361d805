package dev.fettle.runtime.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fettle.runtime.process.ProcessGroup;
import dev.fettle.runtime.process.ProcessTree;
import dev.fettle.runtime.process.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that is a process of its own, one message a line on its standard streams. It sees only the given environment, and
 * closing ends it with everything that it started; its error output is dropped. A thread of its own writes to it, so that a
 * server that does not read holds no caller longer than one that does not answer.
 */
final class StdioTransport extends CallTransport {
    private static final long STOP_WAIT_MILLIS = 5000;

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final ProcessGroup processes = new ProcessGroup();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(StdioTransport::writing);
    private @Nullable Process process;
    private @Nullable Thread reader;

    /** Why there are no further answers; null as long as there may be. */
    private volatile @Nullable String ended;

    StdioTransport(List<String> command, Path directory, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.directory = directory;
        this.environment = environment;
    }

    private static Thread writing(Runnable task) {
        Thread thread = new Thread(task, "fettle-mcp-writer");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    void open() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Programs.resolve(command, directory))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process started = processes.start(builder);
        process = started;
        Thread thread = new Thread(() -> read(started), "fettle-mcp-" + started.pid());
        thread.setDaemon(true);
        reader = thread;
        thread.start();
        var unused = started.onExit().thenRunAsync(() -> exited(thread));
    }

    /** What the server started may outlive it and hold its output open, which then never ends by itself. */
    private void exited(Thread thread) {
        processes.killAll();
        join(thread);
        end("has ended");
    }

    private void read(Process started) {
        try (LineReader lines = new LineReader(started.getInputStream(), MAX_BYTES)) {
            String line = lines.next();
            while (line != null) {
                accept(line);
                line = lines.next();
            }
            end("has ended");
        } catch (LineTooLongException e) {
            end("wrote " + e.getMessage());
            ProcessTree.kill(started.toHandle());
        } catch (IOException e) {
            // The stream breaks when the process is ended.
            end("has ended");
        }
    }

    /** A call that comes later sees the reason before it waits, one that waits is told it. */
    private void end(String what) {
        String reason = "the MCP server (" + String.join(" ", command) + ") " + what;
        ended = reason;
        broken(reason);
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
        String reason = ended;
        if (started == null || reason != null) {
            throw new IOException(reason == null ? "the MCP server was not started" : reason);
        }
        try {
            writer.execute(() -> write(started.getOutputStream(), message));
        } catch (RejectedExecutionException e) {
            throw new IOException("the MCP server was closed", e);
        }
    }

    private void write(OutputStream out, String message) {
        try {
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            end("takes no messages: " + e.getMessage());
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
        processes.killAll();
        writer.shutdownNow();
        if (thread != null) {
            join(thread);
        }
        try {
            var unused = writer.awaitTermination(STOP_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOP_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

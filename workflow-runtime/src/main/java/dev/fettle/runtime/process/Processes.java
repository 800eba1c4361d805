package dev.fettle.runtime.process;

import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.cancel.RunThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of one run. */
public final class Processes {
    private static final long LONGEST_WAIT_MILLIS = 10;

    private final RunThreads threads;
    private final ProcessGroup group = new ProcessGroup();

    public Processes(RunThreads threads) {
        this.threads = threads;
    }

    /**
     * @param environment the variables that the process sees, besides one that marks it as this run's
     * @param outputLimitBytes standard output beyond this is an error
     * @param keepErrorBytes how much of the end of the error output goes into the message of a failure
     */
    public record Command(
            List<String> command,
            Path directory,
            Map<String, String> environment,
            byte[] input,
            long outputLimitBytes,
            int keepErrorBytes) {}

    /**
     * Runs a command and gives its standard output. Cancelling the scope kills the process with its descendants.
     *
     * @throws CommandFailedException where it does not start, ends with another code than 0, or writes too much
     * @throws InterruptedException where the scope is cancelled
     */
    public byte[] run(Command command, CancelScope scope) throws CommandFailedException, InterruptedException {
        ProcessMeter.begin();
        try {
            return started(command, scope);
        } finally {
            ProcessMeter.end();
        }
    }

    private byte[] started(Command command, CancelScope scope) throws CommandFailedException, InterruptedException {
        Process process = start(command);
        try (CancelScope killing = scope.child(() -> ProcessTree.kill(process.toHandle()))) {
            threads.others().execute(() -> feed(process, command.input()));
            return read(process, command, killing);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the output of " + name(command) + " could not be read: " + e.getMessage());
        } finally {
            ProcessTree.kill(process.toHandle());
            ProcessTree.await(process.toHandle());
            closeQuietly(process);
        }
    }

    private Process start(Command command) throws CommandFailedException {
        ProcessBuilder builder = new ProcessBuilder(Programs.resolve(command.command(), command.directory()));
        builder.directory(command.directory().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        try {
            return group.start(builder);
        } catch (IOException e) {
            throw new CommandFailedException(name(command) + " could not be started in (" + command.directory()
                    + "): expected a program that is there and may be run; " + e.getMessage());
        }
    }

    private static void feed(Process process, byte[] input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // A command need not read its input; whether it failed shows in its exit code.
        }
    }

    /**
     * Polls both outputs instead of blocking on them: a descendant that outlives the command may hold a pipe open for
     * ever.
     */
    private static byte[] read(Process process, Command command, CancelScope killing)
            throws IOException, CommandFailedException, InterruptedException {
        InputStream stdout = process.getInputStream();
        InputStream stderr = process.getErrorStream();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Tail errors = new Tail(command.keepErrorBytes());
        byte[] buffer = new byte[1 << 16];
        long wait = 1;
        while (true) {
            boolean ended = !process.isAlive();
            int count = available(stdout, buffer.length);
            int errorCount = available(stderr, buffer.length);
            if (count > 0) {
                count = stdout.read(buffer, 0, count);
                output.write(buffer, 0, Math.max(0, count));
                if (output.size() > command.outputLimitBytes()) {
                    throw new CommandFailedException(
                            "the output of " + name(command) + " is longer than the outputLimit ("
                                    + command.outputLimitBytes() + " bytes). Maybe raise the limit");
                }
            }
            if (errorCount > 0) {
                errorCount = stderr.read(buffer, 0, errorCount);
                errors.add(buffer, Math.max(0, errorCount));
            }
            if (count > 0 || errorCount > 0) {
                wait = 1;
            } else if (ended) {
                break;
            } else {
                process.waitFor(wait, TimeUnit.MILLISECONDS);
                wait = Math.min(LONGEST_WAIT_MILLIS, wait + 1);
            }
            if (killing.cancelled()) {
                throw new InterruptedException("the command was cancelled");
            }
        }
        if (process.exitValue() != 0) {
            throw new CommandFailedException(name(command) + " ended with exit code (" + process.exitValue()
                    + "); expected 0. " + errors.describe());
        }
        return output.toByteArray();
    }

    private static int available(InputStream stream, int most) throws IOException {
        return Math.min(stream.available(), most);
    }

    private static String name(Command command) {
        return "the command (" + String.join(" ", command.command()) + ")";
    }

    private static void closeQuietly(Process process) {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            // The process is gone, and with it what could be read.
        }
    }

    /** Ends what the run's processes left behind. */
    public void killAll() {
        group.killAll();
    }

    /** The last bytes of a stream. */
    private static final class Tail {
        private final int limit;
        private byte[] kept = new byte[0];
        private boolean cut;

        Tail(int limit) {
            this.limit = limit;
        }

        void add(byte[] bytes, int count) {
            byte[] all = Arrays.copyOf(kept, kept.length + count);
            System.arraycopy(bytes, 0, all, kept.length, count);
            int from = Math.max(0, all.length - limit);
            cut |= from > 0;
            kept = Arrays.copyOfRange(all, from, all.length);
        }

        String describe() {
            String text = new String(kept, StandardCharsets.UTF_8).strip();
            return text.isEmpty()
                    ? "It wrote no error output"
                    : "Its error output" + (cut ? " ends with: " : ": ") + text;
        }
    }
}

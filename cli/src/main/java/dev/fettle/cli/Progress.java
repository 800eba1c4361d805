package dev.fettle.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how far long work has come. Nothing is shown for work that is done within a second. Safe for several threads. */
final class Progress implements AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;

    private final Terminal terminal;
    private final String what;
    private final LongSupplier clock;
    private final long start;
    private long last;
    private boolean drawn;

    /**
     * @param clock in nanoseconds
     */
    Progress(Terminal terminal, String what, LongSupplier clock) {
        this.terminal = terminal;
        this.what = what;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.last = start;
    }

    /** Shows a count of a total. */
    void step(long done, long total) {
        step(done, total, 0);
    }

    /**
     * The same.
     *
     * @param free of those done, how many took no time, because they had been done before
     */
    void step(long done, long total, long free) {
        long now = clock.getAsLong();
        String left = "";
        if (done > free && total > done) {
            long nanos = (long) ((double) (now - start) / (done - free) * (total - done));
            left = ", " + seconds(nanos) + " left";
        }
        long percent = total <= 0 ? 0 : Math.min(100, Math.round(100.0 * done / total));
        show(percent + " %" + left);
    }

    /** Shows a message. */
    synchronized void show(String message) {
        long now = clock.getAsLong();
        boolean due = now - start >= QUIET_NANOS && now - last >= (terminal.interactive() ? REDRAW_NANOS : PLAIN_NANOS);
        if (!due) {
            return;
        }
        last = now;
        String line = what + " ... " + message;
        if (terminal.interactive()) {
            terminal.err().print("\r\u001b[K" + shorten(line));
        } else {
            terminal.err().println(line);
        }
        terminal.err().flush();
        drawn = true;
    }

    private String shorten(String line) {
        return line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
    }

    static String seconds(long nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 120 ? seconds + " s" : String.format(Locale.ROOT, "%d min", Math.round(seconds / 60.0));
    }

    @Override
    public synchronized void close() {
        if (!drawn) {
            return;
        }
        String line = what + ", " + seconds(clock.getAsLong() - start);
        terminal.err().println(terminal.interactive() ? "\r\u001b[K" + line : line);
        terminal.err().flush();
    }
}

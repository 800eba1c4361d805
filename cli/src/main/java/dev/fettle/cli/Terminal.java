package dev.fettle.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where results and progress are printed, and what the place can show. */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour, int width) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");
    private static final int DEFAULT_WIDTH = 100;

    /** The process's own streams. The launcher says whether they are a terminal, which Java cannot tell for each stream. */
    static Terminal system() {
        return of(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("fettle.terminal"),
                System.getenv());
    }

    /** JSON is UTF-8 whatever the platform's character set is. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /**
     * A line on standard error. What comes from files may hold control characters, which a terminal would obey; they are
     * shown as a replacement character.
     */
    void tell(String line) {
        err.println("fettle: " + CONTROL.matcher(line).replaceAll("\uFFFD"));
    }

    /** A line on standard output, with control characters replaced. */
    void print(String line) {
        out.println(CONTROL.matcher(line).replaceAll("\uFFFD"));
    }

    /**
     * @param attached whether both streams are a terminal
     */
    static Terminal of(PrintStream out, PrintStream err, boolean attached, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colour = attached && !dumb && !environment.containsKey("NO_COLOR");
        return new Terminal(out, err, attached && !dumb, colour, width(environment.get("COLUMNS")));
    }

    private static int width(@Nullable String columns) {
        try {
            return columns == null ? DEFAULT_WIDTH : Math.max(60, Math.min(200, Integer.parseInt(columns)));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    /** A progress display for work that takes long: a line that is redrawn, or plain lines now and then when piped. */
    Progress progress(String what) {
        return new Progress(this, what, System::nanoTime);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

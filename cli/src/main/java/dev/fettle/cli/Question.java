package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Asks a person whether something is to be applied: y(es), n(o), v(iew), q(uit). */
final class Question {
    private final Terminal terminal;
    private final BufferedReader answers;

    Question(Terminal terminal, InputStream answers) {
        this.terminal = terminal;
        this.answers = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
    }

    /**
     * Whether a person wants it.
     *
     * @param lines what it changes
     * @param text the definition with it
     * @throws FettleException where the person quits
     */
    boolean ask(String what, List<String> lines, History history, String text) {
        terminal.err().println(what);
        lines.forEach(line -> terminal.err().println("  " + line));
        while (true) {
            terminal.err().print("apply? [y/n/v/q] ");
            terminal.err().flush();
            String answer = read();
            switch (answer) {
                case "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    return false;
                }
                case "v", "view" -> terminal.err().print(history.patch(text));
                case "q", "quit" ->
                    throw new FettleException(ErrorCode.EXECUTION, "stopped at (" + what + "); nothing was written");
                default -> terminal.err().println("expected y(es), n(o), v(iew) or q(uit)");
            }
        }
    }

    /** An end of input is a quit. */
    private String read() {
        try {
            String line = answers.readLine();
            return line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "q";
        }
    }
}

package dev.fettle.cli;

import dev.fettle.api.FettleException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code fettle} command. */
@Command(
        name = "fettle",
        description = "Finds what makes an agent workflow slow, expensive or unreliable, and proves a better version.",
        mixinStandardHelpOptions = true,
        versionProvider = Fettle.Version.class,
        subcommands = {CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Fettle {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    boolean debug;

    /** Runs the command line and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), arguments));
    }

    /** Runs the command line; the result is the exit code. */
    static int run(Terminal terminal, String... arguments) {
        Fettle fettle = new Fettle();
        CommandLine line = new CommandLine(fettle)
                .addSubcommand(new AnalyzeCommand(terminal))
                .addSubcommand(new OptimizeCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new RecordCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new ValidateCommand(terminal))
                .addSubcommand(new ApplyCommand(terminal, System.in))
                .addSubcommand(new ResumeCommand(terminal))
                .addSubcommand(TeamCommand.line(terminal, System.in))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new PluginsCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(terminal.width())
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((exception, command, result) -> fettle.failed(terminal, exception));
        line.setParameterExceptionHandler((exception, ignored) -> {
            terminal.tell(String.valueOf(exception.getMessage()));
            List<String> near = CommandLine.UnmatchedArgumentException.class.isInstance(exception)
                    ? ((CommandLine.UnmatchedArgumentException) exception).getSuggestions()
                    : List.of();
            terminal.err()
                    .println(
                            near.isEmpty()
                                    ? "Try: "
                                            + exception
                                                    .getCommandLine()
                                                    .getCommandSpec()
                                                    .qualifiedName() + " --help"
                                    : "Maybe " + near);
            return ExitCode.BAD_INPUT;
        });
        if (arguments.length == 0) {
            line.usage(terminal.err());
            return ExitCode.BAD_INPUT;
        }
        return line.execute(arguments);
    }

    private int failed(Terminal terminal, Exception exception) {
        if (exception instanceof FettleException known) {
            String.valueOf(known.getMessage()).lines().forEach(terminal::tell);
        } else {
            terminal.tell("a defect in Fettle: "
                    + exception.getClass().getSimpleName() + " (" + exception.getMessage()
                    + "). Run again with --debug and report what it shows");
        }
        if (debug) {
            exception.printStackTrace(terminal.err());
        }
        return exception instanceof FettleException known ? ExitCode.of(known.code()) : ExitCode.INTERNAL;
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Fettle.class.getPackage().getImplementationVersion();
            return new String[] {"fettle " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}

package dev.fettle.cli;

import java.io.InputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fettle team}: tunes teams of agents. */
@Command(
        name = "team",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tunes teams of agents: finds what costs them time and money, changes it, and goes back.")
final class TeamCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    private TeamCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine line(Terminal terminal, InputStream answers) {
        return new CommandLine(new TeamCommand(terminal))
                .addSubcommand(new TeamAnalyzeCommand(terminal))
                .addSubcommand(new TeamSuggestCommand(terminal))
                .addSubcommand(new TeamApplyCommand(terminal, answers))
                .addSubcommand(new TeamRollbackCommand(terminal))
                .addSubcommand(new TeamBenchmarkCommand(terminal))
                .addSubcommand(new TeamValidateCommand(terminal));
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(terminal.err());
        }
        return ExitCode.BAD_INPUT;
    }
}

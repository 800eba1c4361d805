package dev.fettle.cli;

import dev.fettle.core.team.TeamComparison;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle team benchmark}: compares two sets of recorded runs. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Compares recorded runs from before and after a change.")
final class TeamBenchmarkCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--before", required = true, paramLabel = "FILE", description = "Team runs or traces.")
    List<String> before = List.of();

    @Option(names = "--after", required = true, paramLabel = "FILE", description = "The same, after the change.")
    List<String> after = List.of();

    @Mixin
    TeamMeasuring measuring = new TeamMeasuring();

    TeamBenchmarkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TeamProof proof = measuring.compare(before, after, TeamComparison.LEAST_RUNS, terminal);
        measuring.show(proof, terminal);
        return ExitCode.DONE;
    }
}

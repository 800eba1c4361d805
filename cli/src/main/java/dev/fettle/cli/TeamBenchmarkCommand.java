package dev.fettle.cli;

import dev.fettle.core.team.TeamComparison;
import dev.fettle.core.team.TeamComparison.Metric;
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

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "What is to become less: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Metric metric = Metric.DURATION;

    @Mixin
    TeamMeasuring measuring = new TeamMeasuring();

    @Mixin
    FormatOption output = new FormatOption();

    TeamBenchmarkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TeamProof proof = TeamProof.ofRecorded(TeamComparison.of(
                measuring.read(before, terminal), measuring.read(after, terminal), metric, TeamComparison.LEAST_RUNS));
        if (output.format == OutputOptions.Format.JSON) {
            terminal.out().println(proof.json().toPrettyString());
        } else {
            proof.print(terminal);
        }
        return ExitCode.DONE;
    }
}

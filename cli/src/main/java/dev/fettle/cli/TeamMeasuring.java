package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.model.CallPrices;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.core.team.TeamComparison;
import dev.fettle.core.team.TeamComparison.Metric;
import dev.fettle.core.team.TeamMeasures;
import dev.fettle.core.team.TeamSources;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures recorded runs, one by one, and shows what a comparison came to. */
final class TeamMeasuring {
    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "What is to become less: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Metric metric = Metric.DURATION;

    @Mixin
    FormatOption output = new FormatOption();

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration for reading traces.")
    @Nullable
    String config;

    /** @param leastRuns of each side; fewer decide nothing */
    TeamProof compare(List<String> before, List<String> after, int leastRuns, Terminal terminal) {
        return TeamProof.ofRecorded(
                TeamComparison.of(read(before, terminal), read(after, terminal), metric, leastRuns));
    }

    void show(TeamProof proof, Terminal terminal) {
        if (output.format == OutputOptions.Format.JSON) {
            terminal.out().println(proof.json().toPrettyString());
        } else {
            proof.print(terminal);
        }
    }

    /** What the team runs or traces in these files came to. */
    private TeamMeasures read(List<String> files, Terminal terminal) {
        List<Path> sources = files.stream().map(SourceOptions::path).toList();
        TeamMeasures measures = new TeamMeasures();
        if (TeamSources.areTeamRuns(sources)) {
            TeamSources.of(sources).each(measures::add);
            return measures;
        }
        SourceOptions options = new SourceOptions();
        options.config = config;
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(options.configuration());
        CallPrices prices = new CallPrices(optimizer.models(), List.of());
        ReadSummary summary = optimizer.read(
                sources,
                trace -> {
                    if (trace.complete()) {
                        measures.add(trace, prices);
                    }
                },
                (done, total) -> {});
        Results.tellRejected(terminal, summary);
        if (measures.runs() == 0) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, files + ": hold no complete run; expected team runs (JSON) or traces");
        }
        return measures;
    }
}

package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.team.TeamComparison;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fettle team validate}: proves that a change of a team is one for the better. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the original and the version in place (or another) of a project, or compares recorded runs.",
            "Exit code: 0 passed, 2 inconclusive, 1 failed."
        })
final class TeamValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The project.")
    @Nullable
    String folder;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs of each version; fewer than 10 decide nothing (default: ${DEFAULT-VALUE}).")
    int runs = 2 * TeamComparison.LEAST_RUNS;

    @Option(
            names = "--index",
            paramLabel = "VERSION",
            description = "The kept version to compare with (default: ${DEFAULT-VALUE}, the original).")
    int index = 1;

    @Option(names = "--candidate", paramLabel = "FILE", description = "Another version than the one in place.")
    @Nullable
    String candidate;

    @Option(names = "--before", paramLabel = "FILE", description = "Recorded team runs or traces; nothing is run.")
    List<String> before = List.of();

    @Option(names = "--after", paramLabel = "FILE", description = "The same, after the change.")
    List<String> after = List.of();

    @Mixin
    TeamMeasuring measuring = new TeamMeasuring();

    TeamValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new FettleException(ErrorCode.USAGE, "--runs is (" + runs + "); expected at least 1");
        }
        TeamProof proof = before.isEmpty() && after.isEmpty() ? ofProject() : ofRecorded();
        measuring.show(proof, terminal);
        return proof.exitCode();
    }

    private TeamProof ofRecorded() {
        if (before.isEmpty() || after.isEmpty()) {
            throw new FettleException(ErrorCode.USAGE, "only one of --before and --after is given; expected both");
        }
        return measuring.compare(before, after, Math.max(runs, TeamComparison.LEAST_RUNS), terminal);
    }

    private TeamProof ofProject() {
        if (folder == null) {
            throw new FettleException(
                    ErrorCode.USAGE, "nothing to validate; expected a project folder, or --before and --after");
        }
        Project project = SourceOptions.project(folder);
        if (candidate != null) {
            return TeamProof.run(project, Candidates.read(candidate), measuring.metric, runs, terminal);
        }
        History history = new History(project.folder(), project.definition());
        Workflow original = WorkflowReader.read(history.versionFile(index));
        return TeamProof.run(
                new Project(
                        project.folder(), project.definition(), original, project.inputs(), project.configuration()),
                project.workflow(),
                measuring.metric,
                runs,
                terminal);
    }
}

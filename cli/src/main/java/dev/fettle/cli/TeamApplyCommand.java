package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.team.RankedTeamSuggestion;
import dev.fettle.core.team.TeamComparison;
import dev.fettle.core.team.TeamComparison.Metric;
import dev.fettle.core.team.TeamComparison.Outcome;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle team apply}: puts suggested changes of teams into a definition, and keeps the one before. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Writes suggested changes of teams into a project's definition; every version is kept.",
            "The definition is written anew: comments and layout of a YAML file are not. The version before keeps them, and"
                    + " 'fettle team rollback' brings it back."
        })
final class TeamApplyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Question question;

    @Mixin
    TeamInput input = new TeamInput();

    @Mixin
    FormatOption output = new FormatOption();

    @ArgGroup(exclusive = true, multiplicity = "1")
    Mode mode = new Mode();

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description = "What a proof looks at: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Metric metric = Metric.DURATION;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs of each version in a proof (default: ${DEFAULT-VALUE}).")
    int runs = 2 * TeamComparison.LEAST_RUNS;

    /** What is done with the suggestions. */
    static final class Mode {
        @Option(names = "--interactive", description = "Ask for each: y(es), n(o), v(iew), q(uit). Nothing is run.")
        boolean interactive;

        @Option(
                names = "--auto",
                description = "Take all that go together, run both versions, and write only what passes.")
        boolean auto;

        @Option(names = "--dry-run", description = "The same, but write nothing.")
        boolean dryRun;
    }

    TeamApplyCommand(Terminal terminal, InputStream answers) {
        this.terminal = terminal;
        this.question = new Question(terminal, answers);
    }

    /** The suggestions that were taken, and what they make. */
    private record Chosen(Workflow workflow, List<String> applied, List<String> skipped) {}

    @Override
    public Integer call() {
        if (input.folder == null) {
            throw new FettleException(ErrorCode.USAGE, "no project is given; expected its folder, to write into");
        }
        Project project = mode.interactive ? input.definition() : input.project();
        History history = new History(project.folder(), project.definition());
        List<RankedTeamSuggestion> ranked = new ArrayList<>();
        for (TeamInput.Analyzed analyzed : input.analyzed(terminal)) {
            ranked.addAll(RankedTeamSuggestion.rank(analyzed.analysis(), analyzed.proposal()));
        }
        Chosen chosen = choose(project, history, ranked);
        TeamProof proof = mode.interactive || chosen.applied().isEmpty()
                ? null
                : TeamProof.run(project, chosen.workflow(), metric, runs, terminal);
        boolean write = !chosen.applied().isEmpty()
                && (mode.interactive || (mode.auto && proof != null && proof.outcome() == Outcome.PASSED));
        History.Step step = write ? history.replace(ApplyCommand.text(project, chosen.workflow())) : null;
        print(project, chosen, proof, step);
        return proof == null ? ExitCode.DONE : proof.exitCode();
    }

    /** All that can be applied together, the best first; of those that exclude each other, the first. */
    private Chosen choose(Project project, History history, List<RankedTeamSuggestion> ranked) {
        Workflow current = project.workflow();
        List<String> applied = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        Set<String> decided = new HashSet<>();
        for (RankedTeamSuggestion one : ranked) {
            Suggestion suggestion = one.suggestion();
            ChangeResult result = WorkflowChange.applyAll(current, suggestion.changes());
            String obstacle = obstacle(project, one, decided, result);
            if (obstacle == null && result instanceof ChangeResult.Applied done) {
                if (!mode.interactive || ask(project, history, one, done.workflow())) {
                    current = done.workflow();
                    applied.add(suggestion.id());
                    decided.add(suggestion.decision());
                } else {
                    skipped.add(suggestion.id() + ": not wanted");
                }
            } else {
                skipped.add(suggestion.id() + ": " + obstacle);
            }
        }
        return new Chosen(current, applied, skipped);
    }

    private @Nullable String obstacle(
            Project project, RankedTeamSuggestion one, Set<String> decided, ChangeResult result) {
        Suggestion suggestion = one.suggestion();
        if (decided.contains(suggestion.decision())) {
            return "another option of the same decision is taken";
        }
        if (!mode.interactive
                && suggestion
                                .risk()
                                .compareTo(project.configuration().constraints().maxRisk())
                        > 0) {
            return "its risk (" + suggestion.risk() + ") is above the accepted ("
                    + project.configuration().constraints().maxRisk() + ")";
        }
        if (!mode.interactive && one.gain() == 0) {
            return "it gains nothing on the recorded runs";
        }
        return result instanceof ChangeResult.Refused refused ? refused.reason() : null;
    }

    private boolean ask(Project project, History history, RankedTeamSuggestion one, Workflow workflow) {
        return question.ask(
                TeamSuggestCommand.title(one),
                TeamSuggestCommand.lines(one),
                history,
                ApplyCommand.text(project, workflow));
    }

    private void print(Project project, Chosen chosen, @Nullable TeamProof proof, History.@Nullable Step step) {
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("definition", project.definition().toString());
            chosen.applied().forEach(root.putArray(step == null ? "tried" : "applied")::add);
            chosen.skipped().forEach(root.putArray("skipped")::add);
            root.put("written", step != null);
            root.put("version", step == null ? null : (Integer) step.version());
            root.put("previous", step == null ? null : (Integer) step.previous());
            root.set("proof", proof == null ? null : proof.json());
            terminal.out().println(root.toPrettyString());
            return;
        }
        chosen.applied().forEach(id -> terminal.print((step == null ? "tried: " : "applied: ") + id));
        chosen.skipped().forEach(why -> terminal.print("left out: " + why));
        if (proof != null) {
            proof.print(terminal);
        }
        if (step == null) {
            terminal.print("The definition is unchanged: " + project.definition());
        } else {
            terminal.print(project.definition() + " is version " + step.version()
                    + (proof == null ? "; nothing was run: 'fettle team validate' proves it" : ""));
            terminal.print("To go back: fettle team rollback " + project.folder() + " --index " + step.previous());
        }
    }
}

package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.team.TeamSources;
import dev.fettle.core.team.TeamSources.Teamwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the runs of teams come from: a project that is run, or recorded team runs or traces. */
final class TeamInput {
    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "A project with teams. Without runs it is run.")
    @Nullable
    String folder;

    @Option(
            names = {"--runs-of", "--traces"},
            paramLabel = "FILE_OR_FOLDER",
            description = "Recorded team runs (JSON) or traces; may be repeated.")
    List<String> recorded = List.of();

    @Option(names = "--workflow", paramLabel = "FILE", description = "The definition behind recorded runs.")
    @Nullable
    String workflow;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration for work on recorded runs.")
    @Nullable
    String config;

    @Option(names = "--plugins", paramLabel = "FOLDER", description = "A folder with plugin jars; may be repeated.")
    List<String> plugins = List.of();

    @Option(names = "--models", paramLabel = "FILE", description = "Own model prices; may be repeated.")
    List<String> models = List.of();

    /**
     * Runs of teams, analyzed.
     *
     * @param earlierRuns of other versions of the team, which are not in the analysis
     */
    record Analyzed(WorkflowOptimizer optimizer, Analysis analysis, long earlierRuns) {
        /** What could be done, without trials of tools. */
        Proposal proposal() {
            return optimizer.propose(analysis, ToolTrials.NONE, (evaluations, best) -> {});
        }
    }

    /** The options that other commands share, for what they do with them. */
    private SourceOptions source() {
        SourceOptions source = new SourceOptions();
        source.positional = folder == null ? List.of() : List.of(folder);
        source.plugins = plugins;
        source.models = models;
        return source;
    }

    /** The project. */
    Project project() {
        return source().project();
    }

    /** The project without its inputs. */
    Project definition() {
        return source().definition();
    }

    private List<Path> sources() {
        return recorded.stream().map(SourceOptions::path).toList();
    }

    WorkflowOptimizer optimizer() {
        SourceOptions source = source();
        source.config = config;
        return WorkflowOptimizer.create(
                folder == null ? source.configuration() : definition().configuration());
    }

    /** Each team, or the one workflow with teams. */
    List<Analyzed> analyzed(Terminal terminal) {
        if (folder == null && recorded.isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "nothing to look at; expected a project folder, or --traces with recorded team runs or traces");
        }
        if (recorded.isEmpty()) {
            return List.of(runProject(terminal));
        }
        @Nullable
        Workflow defined = folder != null
                ? definition().workflow()
                : workflow == null ? null : ImportCommand.definition(optimizer(), workflow, terminal);
        return TeamSources.areTeamRuns(sources()) ? teamRuns(defined) : List.of(traces(terminal, defined));
    }

    private Analyzed runProject(Terminal terminal) {
        ProfiledProject profiled = ProfiledProject.prepare(project());
        return new Analyzed(profiled.optimizer(), profiled.run(terminal).analysis(), 0);
    }

    private Analyzed traces(Terminal terminal, @Nullable Workflow defined) {
        WorkflowOptimizer optimizer = optimizer();
        ReadAnalysis read;
        try (Progress progress = terminal.progress("Reading traces")) {
            read = optimizer.analyze(sources(), defined, progress::step);
        }
        Results.tellRejected(terminal, read.summary());
        return new Analyzed(optimizer, Results.requireAnalysis(read), 0);
    }

    private List<Analyzed> teamRuns(@Nullable Workflow defined) {
        WorkflowOptimizer optimizer = optimizer();
        TeamSources runs = TeamSources.of(sources());
        List<Analyzed> analyzed = new ArrayList<>();
        for (Teamwork team : runs.teams()) {
            Workflow known = defined == null ? team.workflow() : defined;
            String node = defined == null ? team.workflow().entry() : node(defined, team);
            Analyzer.Collector collector = optimizer.collector(known);
            runs.traces(team, known.id(), node, collector);
            analyzed.add(new Analyzed(optimizer, collector.analysis(), team.earlierRuns()));
        }
        return analyzed;
    }

    /** The node of a definition that the runs are of: the members must be the same, or nothing could be said about them. */
    private static String node(Workflow defined, Teamwork team) {
        String wanted = team.workflow().entry();
        Set<String> members = members(team.workflow().node(wanted).orElseThrow());
        for (Node node : defined.allNodes()) {
            if (node.body() instanceof Team && node.id().equals(wanted)) {
                if (members(node).equals(members)) {
                    return node.id();
                }
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "the runs of (" + team.team() + ") name the members " + members + ", and the definition has "
                                + members(node) + "; expected the same. Maybe they are of another version");
            }
        }
        throw new FettleException(
                ErrorCode.BAD_INPUT,
                "the definition (" + defined.id() + ") has no team (" + team.team() + "), of which the runs are");
    }

    private static Set<String> members(Node node) {
        Set<String> members = new TreeSet<>();
        if (node.body() instanceof Team team) {
            team.members().forEach(member -> members.add(member.id()));
        }
        return members;
    }
}

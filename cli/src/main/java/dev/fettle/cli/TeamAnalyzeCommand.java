package dev.fettle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Analysis;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fettle team analyze}: what costs teams time and money. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = "Says what makes teams slow, expensive or unreliable, measured against their own history.")
final class TeamAnalyzeCommand implements Callable<Integer> {
    private static final String TEAM_TYPES = "team-";

    private final Terminal terminal;

    @Mixin
    TeamInput input = new TeamInput();

    @Mixin
    FormatOption output = new FormatOption();

    TeamAnalyzeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode root = Json.mapper().createObjectNode();
        var list = root.putArray("teams");
        for (TeamInput.Analyzed analyzed : input.analyzed(terminal)) {
            for (String team : teams(analyzed.analysis())) {
                list.add(json(analyzed, team));
                if (output.format == OutputOptions.Format.TEXT) {
                    print(analyzed, team);
                }
            }
        }
        if (output.format == OutputOptions.Format.JSON) {
            terminal.out().println(root.toPrettyString());
        } else if (list.isEmpty()) {
            terminal.print("No teams were found in the runs.");
        }
        return ExitCode.DONE;
    }

    /** Nodes that are teams by definition, or as the detectors see them. */
    static Set<String> teams(Analysis analysis) {
        Set<String> teams = new TreeSet<>();
        analysis.workflow().allNodes().stream()
                .filter(node -> node.kind() == NodeKind.TEAM)
                .forEach(node -> teams.add(node.id()));
        for (Bottleneck bottleneck : analysis.bottlenecks()) {
            if (bottleneck.node() != null && bottleneck.type().startsWith(TEAM_TYPES)) {
                teams.add(bottleneck.node());
            }
        }
        return teams;
    }

    private static List<Bottleneck> bottlenecks(Analysis analysis, String team) {
        return analysis.bottlenecks().stream()
                .filter(bottleneck -> team.equals(bottleneck.node()))
                .toList();
    }

    private static @Nullable Team definition(Analysis analysis, String team) {
        return analysis.workflow().node(team).map(Node::body).orElse(null) instanceof Team defined ? defined : null;
    }

    private static JsonNode json(TeamInput.Analyzed analyzed, String team) {
        Analysis analysis = analyzed.analysis();
        NodeProfile profile = analysis.profile().nodes().get(team);
        Team defined = definition(analysis, team);
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("team", team);
        node.put("workflow", analysis.workflow().id());
        node.put("formation", defined == null ? null : word(defined));
        var members = node.putArray("members");
        if (defined != null) {
            defined.members().forEach(member -> members.add(member.id()));
        }
        node.put("runs", profile == null ? 0 : profile.occurrences());
        node.put("earlierRuns", analyzed.earlierRuns());
        if (profile != null) {
            node.put("source", "MEASURED");
            node.put("meanSeconds", profile.duration().mean().toNanos() / 1e9);
            node.put("p95Seconds", profile.duration().p95().toNanos() / 1e9);
            node.set("success", Json.mapper().valueToTree(profile.success()));
        }
        var list = node.putArray("bottlenecks");
        bottlenecks(analysis, team).forEach(bottleneck -> list.add(Json.mapper().<JsonNode>valueToTree(bottleneck)));
        return node;
    }

    private static String word(Team team) {
        return team.formation().name().toLowerCase(Locale.ROOT);
    }

    private void print(TeamInput.Analyzed analyzed, String team) {
        Analysis analysis = analyzed.analysis();
        NodeProfile profile = analysis.profile().nodes().get(team);
        Team defined = definition(analysis, team);
        String what = defined == null
                ? ""
                : " (" + word(defined) + ", " + defined.members().size() + " members)";
        terminal.print(team + what + ", measured:");
        if (profile == null) {
            terminal.print("  no run of it is recorded");
            return;
        }
        terminal.print(String.format(
                Locale.ROOT,
                "  %d runs, mean %.3g s, p95 %.3g s, success %d of %d (95 %% interval %.2f-%.2f)",
                profile.occurrences(),
                profile.duration().mean().toNanos() / 1e9,
                profile.duration().p95().toNanos() / 1e9,
                profile.success().successes(),
                profile.success().trials(),
                profile.success().low(),
                profile.success().high()));
        if (analyzed.earlierRuns() > 0) {
            terminal.print("  " + analyzed.earlierRuns() + " runs of other formations or members are left out");
        }
        List<Bottleneck> found = bottlenecks(analysis, team);
        found.forEach(bottleneck -> {
            terminal.print("  " + bottleneck.severity() + " " + bottleneck.type() + ": "
                    + bottleneck.evidence().text());
            terminal.print("    " + bottleneck.advice());
        });
        if (found.isEmpty()) {
            terminal.print("  nothing found");
        }
    }
}

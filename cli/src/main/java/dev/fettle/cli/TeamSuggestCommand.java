package dev.fettle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.core.json.Json;
import dev.fettle.core.team.RankedTeamSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fettle team suggest}: what could be done about teams. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        description = "Suggests changes of teams: by priority, then by expected gain times confidence.")
final class TeamSuggestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    TeamInput input = new TeamInput();

    @Mixin
    FormatOption output = new FormatOption();

    TeamSuggestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RankedTeamSuggestion> ranked = new ArrayList<>();
        ObjectMapper mapper = Json.mapper();
        for (TeamInput.Analyzed analyzed : input.analyzed(terminal)) {
            ranked.addAll(RankedTeamSuggestion.rank(analyzed.analysis(), analyzed.proposal()));
            mapper = Json.mapper(analyzed.optimizer().plugins().changeTypes());
        }
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = mapper.createObjectNode();
            var list = root.putArray("suggestions");
            for (RankedTeamSuggestion one : ranked) {
                list.add(json(mapper, one));
            }
            terminal.out().println(root.toPrettyString());
            return ExitCode.DONE;
        }
        int number = 0;
        for (RankedTeamSuggestion one : ranked) {
            terminal.print(++number + ". " + title(one));
            lines(one).forEach(line -> terminal.print("   " + line));
        }
        if (ranked.isEmpty()) {
            terminal.print("Nothing to suggest: no change is supported by the recorded runs.");
        }
        return ExitCode.DONE;
    }

    static String title(RankedTeamSuggestion one) {
        return one.suggestion().id() + " (" + one.priority() + " priority, "
                + one.suggestion().risk() + " risk)";
    }

    /** What it changes, why, and what it is expected to gain. */
    static List<String> lines(RankedTeamSuggestion one) {
        List<String> lines = new ArrayList<>();
        lines.add(one.suggestion().reason());
        one.suggestion().changes().stream().map(WorkflowChange::describe).forEach(lines::add);
        lines.add("time " + words(one.estimate().durationSeconds(), "s") + ", cost "
                + (one.estimate().costUsd().before() == 0
                        ? "none recorded"
                        : words(one.estimate().costUsd(), "USD"))
                + String.format(
                        Locale.ROOT, "; confidence %.2f", one.suggestion().confidence()));
        return lines;
    }

    private static String words(MetricEstimate metric, String unit) {
        if (!Double.isFinite(metric.after())) {
            return "not known";
        }
        return String.format(
                Locale.ROOT,
                "%.3g to %.3g %s (%s, 90 %% interval %.3g-%.3g)",
                metric.before(),
                metric.after(),
                unit,
                metric.source().name().toLowerCase(Locale.ROOT),
                metric.low(),
                metric.high());
    }

    private static JsonNode json(ObjectMapper mapper, RankedTeamSuggestion one) {
        ObjectNode node = mapper.createObjectNode();
        node.put("suggestion", one.suggestion().id());
        node.put("strategy", one.suggestion().strategy());
        node.put("action", one.suggestion().action());
        node.put("team", one.suggestion().targets().get(0));
        node.put("priority", one.priority().name());
        node.put("risk", one.suggestion().risk().name());
        node.put("recommendation", one.suggestion().recommendation().name());
        node.put("reason", one.suggestion().reason());
        node.put("confidence", one.suggestion().confidence());
        node.put("expectedGain", one.gain());
        node.set("durationSeconds", mapper.valueToTree(one.estimate().durationSeconds()));
        node.set("costUsd", mapper.valueToTree(one.estimate().costUsd()));
        node.set("evidence", mapper.valueToTree(one.suggestion().evidence()));
        var changes = node.putArray("changes");
        one.suggestion().changes().forEach(change -> changes.add(mapper.<JsonNode>valueToTree(change)));
        one.estimate().assumptions().forEach(node.putArray("assumptions")::add);
        return node;
    }
}

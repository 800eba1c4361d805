package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Explanation;
import dev.fettle.core.optimize.RuleUse;
import dev.fettle.core.optimize.StoppedBy;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.PluginKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fettle explain STRATEGY}: what a strategy needs, and why it did or did not fire on an input. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "fettle explain STRATEGY PROJECT",
            "fettle explain STRATEGY --traces FILE_OR_FOLDER...",
        },
        description = {
            "Says what a strategy needs, and why it did or did not fire on a project, which is run, or on recorded"
                    + " traces, with what each rule looked at, what it gave and how long it took.",
            "'fettle plugins' lists the strategies."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final double MILLIS = 1e3;
    private static final int SHOWN = 20;
    private static final int NAMED = 5;

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    FormatOption output = new FormatOption();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (source.positional.isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE, "no strategy is named; expected one of those that 'fettle plugins' lists");
        }
        String strategy = source.positional.get(0);
        source.positional = source.positional.subList(1, source.positional.size());
        Explanation explanation = source.traces == null ? ofProject(strategy) : ofTraces(strategy);
        if (output.format == OutputOptions.Format.JSON) {
            terminal.out()
                    .println(Json.mapper()
                            .<ObjectNode>valueToTree(tree(explanation))
                            .toString());
        } else {
            print(explanation);
        }
        return ExitCode.DONE;
    }

    private Explanation ofTraces(String strategy) {
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(source.configuration());
        optimizer.plugins().require(PluginKind.STRATEGY, strategy);
        return optimizer.explain(
                Results.requireAnalysis(AnalyzeCommand.readTraces(optimizer, source, terminal)),
                ToolTrials.NONE,
                strategy);
    }

    private Explanation ofProject(String strategy) {
        if (source.positional.isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "nothing to look at; expected a project, as in 'fettle explain " + strategy
                            + " my-project', or --traces with recorded traces");
        }
        ProfiledProject profiled = ProfiledProject.prepare(source.project());
        profiled.optimizer().plugins().require(PluginKind.STRATEGY, strategy);
        ProfiledProject.Profiled result = profiled.run(terminal);
        return profiled.optimizer()
                .explain(
                        result.analysis(),
                        profiled.optimizer().trials(profiled.project(), result.analysis()),
                        strategy);
    }

    private static Map<String, Object> tree(Explanation explanation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("strategy", explanation.strategy().name());
        tree.put("needs", explanation.needs());
        tree.put("settings", explanation.strategy().settings());
        tree.put("verdict", explanation.verdict());
        tree.put("fired", !explanation.suggestions().isEmpty());
        tree.put("bottlenecks", explanation.found());
        tree.put("applicable", explanation.applicable());
        tree.put("known", explanation.known());
        tree.put(
                "suggestions",
                explanation.suggestions().stream().map(ExplainCommand::tree).toList());
        tree.put(
                "stopped",
                explanation.stopped().stream().map(ExplainCommand::tree).toList());
        tree.put("rules", explanation.rules().stream().map(ExplainCommand::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Suggestion suggestion) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", suggestion.id());
        tree.put("reason", suggestion.reason());
        tree.put("evidence", suggestion.evidence());
        return tree;
    }

    private static Map<String, Object> tree(StoppedBy stopped) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("condition", stopped.condition());
        tree.put("count", stopped.candidates().size());
        tree.put("candidates", stopped.candidates());
        return tree;
    }

    private static Map<String, Object> tree(RuleUse rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", PluginsCommand.kind(rule.kind()));
        tree.put("name", rule.name());
        tree.put("looked", rule.looked());
        tree.put("gave", rule.gave());
        tree.put("seconds", rule.seconds());
        return tree;
    }

    private void print(Explanation explanation) {
        terminal.print(explanation.strategy().name() + ": " + explanation.verdict() + ".");
        if (!explanation.needs().isEmpty()) {
            terminal.print("It needs " + explanation.needs() + ".");
        }
        List<Bottleneck> applicable = explanation.applicable();
        if (!applicable.isEmpty()) {
            section("It looked at");
            applicable.forEach(one ->
                    terminal.print("  " + one.type() + ": " + one.evidence().text()));
            section("What is known there");
            explanation.known().forEach(one -> terminal.print("  " + one));
        }
        if (!explanation.stopped().isEmpty()) {
            long looked = explanation.stopped().stream()
                    .flatMap(stopped -> stopped.candidates().stream())
                    .distinct()
                    .count();
            section("What stopped it at " + Figures.count(looked, "place")
                    + ": how many, and the condition that they do not meet");
            explanation.stopped().stream().limit(SHOWN).forEach(this::print);
            int more = explanation.stopped().size() - SHOWN;
            if (more > 0) {
                terminal.print("  and " + Figures.count(more, "further condition") + ", all with --format json");
            }
        }
        if (!explanation.suggestions().isEmpty()) {
            section("It suggested");
            explanation.suggestions().forEach(one -> terminal.print("  " + one.id() + ": " + one.reason()));
        }
        section("Rules (times of one call, measured)");
        int longest = explanation.rules().stream()
                .mapToInt(rule -> rule.name().length())
                .max()
                .orElse(1);
        for (RuleUse rule : explanation.rules()) {
            boolean detector = rule.kind() == PluginKind.DETECTOR;
            terminal.print(String.format(
                    Locale.ROOT,
                    "  %-8s  %-" + longest + "s  %8.2f ms  looked at %s, %s",
                    PluginsCommand.kind(rule.kind()),
                    rule.name(),
                    rule.seconds() * MILLIS,
                    Figures.count(rule.looked(), detector ? "node" : "bottleneck"),
                    detector
                            ? "found " + Figures.count(rule.gave(), "bottleneck")
                            : "made " + Figures.count(rule.gave(), "suggestion")));
        }
    }

    private void print(StoppedBy stopped) {
        List<String> all = stopped.candidates();
        terminal.print(String.format(
                Locale.ROOT,
                "  %4d  %s: %s%s",
                all.size(),
                stopped.condition(),
                String.join(", ", all.subList(0, Math.min(NAMED, all.size()))),
                all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : ""));
    }

    private void section(String title) {
        terminal.print("");
        terminal.print(title);
    }
}

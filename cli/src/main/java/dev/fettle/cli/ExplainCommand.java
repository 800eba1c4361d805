package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Explanation;
import dev.fettle.core.optimize.WorkflowOptimizer;
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
        description =
                "Says what a strategy needs, and why it did or did not fire: fettle explain STRATEGY --traces ...")
final class ExplainCommand implements Callable<Integer> {
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
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(source.configuration());
        Explanation explanation = optimizer.explain(
                Results.requireAnalysis(AnalyzeCommand.readTraces(optimizer, source, terminal)),
                ToolTrials.NONE,
                strategy);
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

    private static Map<String, Object> tree(Explanation explanation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("strategy", explanation.strategy().name());
        tree.put("needs", explanation.needs());
        tree.put("settings", explanation.strategy().settings());
        tree.put("bottlenecks", explanation.found());
        tree.put("applicable", explanation.applicable().size());
        tree.put(
                "suggestions",
                explanation.suggestions().stream().map(Suggestion::id).toList());
        tree.put("seconds", explanation.seconds());
        tree.put("verdict", explanation.verdict());
        return tree;
    }

    private void print(Explanation explanation) {
        var out = terminal.out();
        out.println(explanation.strategy().name() + ": " + explanation.verdict());
        if (!explanation.needs().isEmpty()) {
            out.println("It needs " + explanation.needs() + ".");
        }
        out.println("Bottlenecks found, by type: " + explanation.found());
        List<Bottleneck> applicable = explanation.applicable();
        out.println("It looked at " + applicable.size() + ":");
        for (Bottleneck bottleneck : applicable) {
            out.println("  " + bottleneck.type() + ": " + bottleneck.evidence().text());
        }
        for (Suggestion suggestion : explanation.suggestions()) {
            out.println("Suggested " + suggestion.id() + ": " + suggestion.reason());
        }
        out.println(String.format(Locale.ROOT, "It took %.3f s.", explanation.seconds()));
    }
}

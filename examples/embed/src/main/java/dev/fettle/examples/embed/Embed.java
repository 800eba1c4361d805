package dev.fettle.examples.embed;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.ProgressListener;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.plan.RankedSuggestion;
import java.nio.file.Path;
import java.util.List;

/** Reads recorded traces, says what is wrong, and prints the workflow with the most promising suggestion. */
public final class Embed {
    /** @param arguments a definition, then a file or folder with traces of it */
    public static void main(String[] arguments) {
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(Configuration.DEFAULT);
        Workflow workflow = WorkflowReader.read(Path.of(arguments[0]));
        ReadAnalysis read = optimizer.analyze(List.of(Path.of(arguments[1])), workflow, ProgressListener.NONE);
        read.summary().rejected().forEach(one -> System.err.println(one.source() + ": " + one.reason()));
        Analysis analysis = read.analysis();
        if (analysis == null) {
            return; // no trace could be read
        }
        analysis.bottlenecks().forEach(one -> System.out.println(one.evidence().text()));
        List<Suggestion> best = optimizer.suggest(analysis).suggestions().stream()
                .limit(1)
                .map(RankedSuggestion::suggestion)
                .toList();
        if (optimizer.apply(workflow, best) instanceof ChangeResult.Applied applied) {
            System.out.println(WorkflowWriter.toYaml(applied.workflow()));
        }
    }
}

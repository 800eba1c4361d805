package dev.fettle.cli;

import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.report.ReportInput;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle analyze}: profile and bottlenecks. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = "Profiles recorded traces and says what is slow, expensive or unreliable.")
final class AnalyzeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Option(names = "--html", description = "Write report.html too.")
    boolean html;

    AnalyzeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(source.configuration());
        ReadAnalysis read = readTraces(optimizer, source, terminal);
        Analysis analysis = Results.requireAnalysis(read);
        ReportInput input = Results.analysis(read, analysis);
        Results results = new Results(terminal, output, optimizer);
        if (html) {
            results.writeHtml(input);
        }
        results.printAnalysis(input);
        Results.tellRejected(terminal, read.summary());
        return ExitCode.DONE;
    }

    static ReadAnalysis readTraces(WorkflowOptimizer optimizer, SourceOptions source, Terminal terminal) {
        @Nullable
        Workflow definition =
                source.workflow == null ? null : ImportCommand.definition(optimizer, source.workflow, terminal);
        try (Progress progress = terminal.progress("Reading traces")) {
            ReadAnalysis read = optimizer.analyze(source.requireTraceSources(), definition, progress::step);
            if (definition != null) {
                tellUnknown(read, terminal);
            }
            return read;
        }
    }

    private static void tellUnknown(ReadAnalysis read, Terminal terminal) {
        Analysis analysis = read.analysis();
        List<String> unknown = analysis == null ? List.of() : analysis.unknownNodes();
        if (!unknown.isEmpty()) {
            terminal.tell("the traces name nodes that the definition does not have " + unknown
                    + "; nothing is suggested for them");
        }
    }
}

package dev.fettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.optimize.WorkflowOptimizer.ReadAnalysis;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.core.report.HtmlReport;
import dev.fettle.core.report.JsonReport;
import dev.fettle.core.report.RankedSuggestion;
import dev.fettle.core.report.ReportInput;
import dev.fettle.core.report.TextReport;
import dev.fettle.core.report.TraceCounts;
import dev.fettle.core.validate.DryRunResult;
import dev.fettle.core.validate.TypicalRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts results together and gives them out in the form that was asked for. */
final class Results {
    private static final int REJECTED_SHOWN = 5;

    private final Terminal terminal;
    private final OutputOptions options;
    private final ObjectMapper mapper;

    Results(Terminal terminal, OutputOptions options, WorkflowOptimizer optimizer) {
        this.terminal = terminal;
        this.options = options;
        this.mapper = Json.mapper(optimizer.plugins().changeTypes());
    }

    /**
     * The analysis.
     *
     * @throws FettleException where nothing could be read, with the reasons
     */
    static Analysis requireAnalysis(ReadAnalysis read) {
        Analysis analysis = read.analysis();
        if (analysis == null) {
            StringBuilder message = new StringBuilder("no trace could be read");
            for (ReadSummary.Rejection rejection : first(read.summary().rejected())) {
                message.append('\n').append(rejection.source()).append(": ").append(rejection.reason());
            }
            long more = read.summary().rejected().size() + read.summary().moreRejected() - REJECTED_SHOWN;
            throw new FettleException(ErrorCode.BAD_INPUT, message + (more > 0 ? "\n... and " + more + " more" : ""));
        }
        return analysis;
    }

    private static List<ReadSummary.Rejection> first(List<ReadSummary.Rejection> rejected) {
        return rejected.subList(0, Math.min(REJECTED_SHOWN, rejected.size()));
    }

    /** Says on standard error what was left out. */
    static void tellRejected(Terminal terminal, ReadSummary summary) {
        for (ReadSummary.Rejection rejection : first(summary.rejected())) {
            terminal.tell("left out: " + rejection.source() + ": " + rejection.reason());
        }
        long more = summary.rejected().size() + summary.moreRejected() - REJECTED_SHOWN;
        if (more > 0) {
            terminal.tell("... and " + more + " more; --format json lists them");
        }
    }

    static ReportInput analysis(ReadAnalysis read, Analysis analysis) {
        return ReportInput.analysis(
                analysis.workflow().id(),
                Instant.now(),
                counts(read.summary()),
                analysis.workflow(),
                definition(analysis.workflow()),
                analysis.profile(),
                analysis.bottlenecks(),
                typical(analysis));
    }

    /**
     * @param notes what the checks that need no run found
     */
    static ReportInput proposal(ReadAnalysis read, Analysis analysis, Proposal proposal, List<String> notes) {
        List<String> next = new ArrayList<>(notes);
        next.add("These are estimates: nothing was run. Give the workflow as a project to prove the plan.");
        return input(analysis.workflow().id(), counts(read.summary()), analysis, proposal, null, null, next);
    }

    static ReportInput proved(
            Project project,
            Runs runs,
            Analysis analysis,
            Proposal proposal,
            @Nullable DryRunResult proof,
            @Nullable MetricEstimate expected,
            List<String> notes) {
        TraceCounts counts = new TraceCounts(runs.runs(), 0, List.of(), true);
        List<String> next = new ArrayList<>(notes);
        next.add("The original definition is unchanged: " + project.definition());
        return input(project.workflow().id(), counts, analysis, proposal, proof, expected, next);
    }

    private static ReportInput input(
            String title,
            TraceCounts counts,
            Analysis analysis,
            Proposal proposal,
            @Nullable DryRunResult proof,
            @Nullable MetricEstimate expected,
            List<String> nextSteps) {
        Plan plan = proposal.plan();
        return new ReportInput(
                title,
                Instant.now(),
                counts,
                analysis.workflow(),
                definition(analysis.workflow()),
                analysis.profile(),
                analysis.bottlenecks(),
                proposal.suggestions().stream()
                        .map(ranked -> new RankedSuggestion(ranked.suggestion(), ranked.estimate()))
                        .toList(),
                plan,
                proposal.alternatives(),
                plan == null ? null : definition(plan.workflow()),
                proof == null ? null : proof.report(),
                proof == null
                        ? typical(analysis)
                        : TypicalRun.of(proof.originalTraces()).orElse(null),
                proof == null ? null : TypicalRun.of(proof.candidateTraces()).orElse(null),
                plan == null ? List.of() : plan.estimate().assumptions(),
                nextSteps,
                proof == null ? null : proof.originalSeconds(),
                proof == null ? null : proof.candidateSeconds(),
                expected);
    }

    private static @Nullable ExecutionTrace typical(Analysis analysis) {
        return TypicalRun.of(analysis.profile().sample()).orElse(null);
    }

    private static TraceCounts counts(ReadSummary summary) {
        List<TraceCounts.Rejected> rejected = new ArrayList<>();
        summary.rejected()
                .forEach(rejection -> rejected.add(new TraceCounts.Rejected(rejection.source(), rejection.reason())));
        if (summary.moreRejected() > 0) {
            rejected.add(new TraceCounts.Rejected("...", summary.moreRejected() + " more were left out"));
        }
        return new TraceCounts(summary.read(), summary.incomplete(), rejected, false);
    }

    private static JsonNode definition(Workflow workflow) {
        return Json.mapper().valueToTree(WorkflowWriter.toTree(workflow));
    }

    void printAnalysis(ReportInput input) {
        if (options.format == OutputOptions.Format.JSON) {
            print(new JsonReport(mapper).analyze(input));
        } else {
            terminal.out().print(TextReport.write(input, terminal.width(), terminal.colour()));
        }
    }

    Path writeHtml(ReportInput input) {
        Path folder = OutputFiles.folder(options.output, input.title());
        return OutputFiles.write(folder, Map.of("report.html", HtmlReport.write(input)))
                .getOrDefault("report.html", folder);
    }

    /**
     * Writes the files, then prints the summary.
     *
     * @param further files to write, by name
     */
    void printOptimization(ReportInput input, @Nullable Plan plan, Map<String, String> further) {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("report.html", HtmlReport.write(input));
        if (plan != null) {
            contents.put(definitionName(input), header(input) + WorkflowWriter.toYaml(plan.workflow()));
            contents.put("changes.json", changes(plan));
        }
        contents.putAll(further);
        Map<String, Path> written = OutputFiles.write(OutputFiles.folder(options.output, input.title()), contents);
        if (options.format == OutputOptions.Format.JSON) {
            print(new JsonReport(mapper).optimize(input));
        } else {
            terminal.out().print(TextReport.write(input, terminal.width(), terminal.colour()));
            terminal.out().println();
            written.forEach((name, path) -> terminal.out().printf("%-15s %s%n", name, path));
        }
    }

    /** A definition that was rejected must not be taken for a better one. */
    private static String definitionName(ReportInput input) {
        ValidationReport validation = input.validation();
        boolean rejected = validation != null && validation.verdict() == ValidationVerdict.REJECT;
        return rejected ? "rejected.yaml" : "optimized.yaml";
    }

    private static String header(ReportInput input) {
        ValidationReport validation = input.validation();
        return "# "
                + (validation == null
                        ? "Estimated only: nothing was run to prove it."
                        : "Validation: " + validation.verdict() + ", from " + validation.runs() + " paired runs.")
                + "\n";
    }

    private String changes(Plan plan) {
        var root = mapper.createArrayNode();
        plan.suggestions().forEach(suggestion -> {
            var entry = root.addObject().put("suggestion", suggestion.id());
            var list = entry.putArray("changes");
            suggestion.changes().forEach(change -> list.add(mapper.<JsonNode>valueToTree(change)));
        });
        return root.toPrettyString() + "\n";
    }

    private void print(JsonNode node) {
        try {
            terminal.out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new FettleException(
                    ErrorCode.INTERNAL, "the report could not be written as JSON: " + e.getMessage(), e);
        }
    }
}

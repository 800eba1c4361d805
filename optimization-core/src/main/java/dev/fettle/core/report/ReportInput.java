package dev.fettle.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report is made of. What an analysis alone does not have is null or empty.
 *
 * @param title for a person, as in the workflow's id
 * @param before the workflow as it is
 * @param definition {@code before} in the form of a definition file
 * @param suggestions best first
 * @param alternatives plans none of which is better than another, or than the plan, in duration, cost and quality alike
 * @param optimizedDefinition the plan's workflow in the form of a definition file
 * @param typicalBefore and {@code typicalAfter}: the runs that the timeline shows
 * @param assumptions in words, each with who made it
 * @param nextSteps what the reader can do, as commands or sentences
 * @param measuredBeforeSeconds mean wall-clock time of the original in the validation's pairs; null or NaN where unknown
 * @param measuredAfterSeconds of the plan's version in the same pairs
 * @param expected time of a run, the original's replayed under the plan, from the original's runs of the same pairs; null
 *     where none was run
 */
public record ReportInput(
        String title,
        Instant generatedAt,
        TraceCounts traces,
        Workflow before,
        JsonNode definition,
        PerformanceProfile profile,
        List<Bottleneck> bottlenecks,
        List<RankedSuggestion> suggestions,
        @Nullable Plan plan,
        List<Plan> alternatives,
        @Nullable JsonNode optimizedDefinition,
        @Nullable ValidationReport validation,
        @Nullable ExecutionTrace typicalBefore,
        @Nullable ExecutionTrace typicalAfter,
        List<String> assumptions,
        List<String> nextSteps,
        @Nullable Double measuredBeforeSeconds,
        @Nullable Double measuredAfterSeconds,
        @Nullable MetricEstimate expected) {
    public ReportInput {
        bottlenecks = List.copyOf(bottlenecks);
        suggestions = List.copyOf(suggestions);
        alternatives = List.copyOf(alternatives);
        assumptions = List.copyOf(assumptions);
        nextSteps = List.copyOf(nextSteps);
    }

    /** A report of an analysis: a profile and its bottlenecks. */
    public static ReportInput analysis(
            String title,
            Instant generatedAt,
            TraceCounts traces,
            Workflow before,
            JsonNode definition,
            PerformanceProfile profile,
            List<Bottleneck> bottlenecks,
            @Nullable ExecutionTrace typical) {
        return new ReportInput(
                title,
                generatedAt,
                traces,
                before,
                definition,
                profile,
                bottlenecks,
                List.of(),
                null,
                List.of(),
                null,
                null,
                typical,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null);
    }
}

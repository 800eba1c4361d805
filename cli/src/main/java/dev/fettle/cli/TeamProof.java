package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.json.Json;
import dev.fettle.core.model.CallPrices;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.team.TeamComparison;
import dev.fettle.core.team.TeamComparison.Improvement;
import dev.fettle.core.team.TeamComparison.Metric;
import dev.fettle.core.team.TeamComparison.Outcome;
import dev.fettle.core.team.TeamMeasures;
import dev.fettle.core.validate.DryRunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What running two versions of a project said about a change of its teams.
 *
 * @param outcome of the comparison, and of whether the versions give equivalent results
 */
record TeamProof(TeamComparison comparison, Outcome outcome, List<String> reasons) {
    TeamProof {
        reasons = List.copyOf(reasons);
    }

    /** A comparison of runs that were made before; whether results are equivalent is not known. */
    static TeamProof ofRecorded(TeamComparison comparison) {
        return new TeamProof(comparison, comparison.outcome(), comparison.reasons());
    }

    /**
     * Runs both versions in pairs.
     *
     * @param runs of each version
     */
    static TeamProof run(Project project, Workflow candidate, Metric metric, int runs, Terminal terminal) {
        Project paired = withPairs(project, runs);
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(paired.configuration());
        DryRunResult result;
        try (Progress progress = terminal.progress("Running both versions")) {
            result = optimizer.validate(
                    paired, candidate, null, null, (done, total, seconds) -> progress.step(done, total));
        }
        TeamMeasures before = new TeamMeasures();
        TeamMeasures after = new TeamMeasures();
        CallPrices prices =
                new CallPrices(optimizer.models(), project.workflow().tools());
        result.originalTraces().forEach(trace -> before.add(trace, prices));
        result.candidateTraces().forEach(trace -> after.add(trace, prices));
        ValidationReport report = result.report();
        int least = Math.min(runs, TeamComparison.LEAST_RUNS);
        TeamComparison comparison =
                switch (metric) {
                    case DURATION -> TeamComparison.of(before, after, metric, least, ofSpeedup(report.speedup()));
                    case COST -> TeamComparison.of(before, after, metric, least, ofSaving(report.costReduction()));
                    case TOOL_CALLS -> TeamComparison.of(before, after, metric, least);
                };
        List<String> reasons = new ArrayList<>(comparison.reasons());
        report.reasons().forEach(reasons::add);
        report.differences().forEach(difference -> reasons.add("differs: " + difference));
        Outcome outcome = comparison.outcome();
        if (report.verdict() == ValidationVerdict.REJECT) {
            outcome = Outcome.FAILED;
        } else if (report.verdict() == ValidationVerdict.INCONCLUSIVE && outcome == Outcome.PASSED) {
            outcome = Outcome.INCONCLUSIVE;
        }
        if (runs < TeamComparison.LEAST_RUNS && outcome == Outcome.PASSED) {
            reasons.add("a verdict takes " + TeamComparison.LEAST_RUNS + " runs each; got " + runs);
            outcome = Outcome.INCONCLUSIVE;
        }
        return new TeamProof(comparison, outcome, reasons);
    }

    private static Improvement ofSpeedup(Measured speedup) {
        return new Improvement(1 - 1 / speedup.value(), 1 - 1 / speedup.low(), 1 - 1 / speedup.high());
    }

    private static Improvement ofSaving(Measured saving) {
        return new Improvement(saving.value(), saving.low(), saving.high());
    }

    private static Project withPairs(Project project, int runs) {
        Configuration base = project.configuration();
        Configuration.Validation validation = base.validation();
        return new Project(
                project.folder(),
                project.definition(),
                project.workflow(),
                project.inputs(),
                new Configuration(
                        base.plugins(),
                        base.models(),
                        base.objective(),
                        base.constraints(),
                        base.search(),
                        base.profiling(),
                        new Configuration.Validation(
                                runs,
                                validation.warmUp(),
                                validation.judge(),
                                validation.maxTime(),
                                validation.allowHosts()),
                        base.maxUsd(),
                        base.settings(),
                        base.recording()));
    }

    /** 0 passed, 2 inconclusive, 1 failed. */
    int exitCode() {
        return switch (outcome) {
            case PASSED -> ExitCode.DONE;
            case FAILED -> ExitCode.CHECK_FAILED;
            case INCONCLUSIVE -> ExitCode.BAD_INPUT;
        };
    }

    ObjectNode json() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("outcome", outcome.name());
        root.put("metric", comparison.metric().word());
        root.put("source", "MEASURED");
        root.set("before", Json.mapper().valueToTree(comparison.before()));
        root.set("after", Json.mapper().valueToTree(comparison.after()));
        root.set("improvement", Json.mapper().valueToTree(comparison.improvement()));
        reasons.forEach(root.putArray("reasons")::add);
        return root;
    }

    void print(Terminal terminal) {
        terminal.print(outcome + ", measured on " + comparison.before().runs() + " and "
                + comparison.after().runs() + " runs");
        side(terminal, "before", comparison.before());
        side(terminal, "after", comparison.after());
        reasons.forEach(reason -> terminal.print("  " + reason));
    }

    private static void side(Terminal terminal, String name, TeamComparison.Side side) {
        terminal.print(String.format(
                Locale.ROOT,
                "  %-6s  mean %.3g s, p95 %.3g s, success %d of %d, %.3g tool calls a run%s",
                name,
                side.meanSeconds(),
                side.p95Seconds(),
                side.success().successes(),
                side.success().trials(),
                side.meanToolCalls(),
                Double.isFinite(side.meanUsd()) ? String.format(Locale.ROOT, ", %.3g USD a run", side.meanUsd()) : ""));
    }
}

package dev.fettle.benchmarks.mutation;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.validate.DryRun;
import dev.fettle.core.validate.DryRunProgress;
import dev.fettle.core.validate.DryRunRequest;
import dev.fettle.core.validate.DryRunSettings;
import dev.fettle.core.validate.Judges;
import dev.fettle.core.validate.StaticChecks;
import dev.fettle.core.validate.VerdictRule;
import dev.fettle.runtime.LangGraphExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Validates versions of one workflow as {@code fettle optimize} does: checks, then a dry run on the real executor. */
final class Trial {
    private static final int INPUTS = 20;
    private static final int DRAWN = 150;
    private static final int OTHER_INPUTS = 300;
    private static final DryRunSettings SETTINGS =
            new DryRunSettings(0, INPUTS, 4, Duration.ofMinutes(1), Duration.ofSeconds(20), 400, 42);

    private final Workflow original;
    private final SymbolicRunners runners;
    private final VirtualTime executor;
    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<RecordedEffect> recorded = new ArrayList<>();
    private final boolean runs;
    private final List<Seen> elsewhere = new ArrayList<>();

    /** What of a run is to be the same: the output and the effects, those of parallel members in any order. */
    private record Seen(Map<String, Object> output, List<String> effects, boolean failed) {
        static Seen of(ExecutionResult result) {
            return new Seen(
                    result.output(),
                    result.effects().stream()
                            .map(effect -> effect.node() + effect.tool() + effect.inputHash())
                            .sorted()
                            .toList(),
                    result.error() != null);
        }
    }

    /** What validation came to, with its reasons in one line. */
    record Outcome(ValidationVerdict verdict, String reasons) {}

    /** @param straying of the code, in dry runs only: what the versions ought to do is asked of code that does not stray */
    Trial(Workflow original, Straying straying) {
        this.original = original;
        this.runners = new SymbolicRunners(original, straying);
        this.executor = new VirtualTime(new LangGraphExecutor(), runners::restart);
        this.runs = executor.obstacles(original, runners, executor.defaultSettings())
                        .isEmpty()
                && record();
    }

    /** Inputs that take every way, as inputs for a validation should, and what effects give on them. */
    private boolean record() {
        List<Map<String, Object>> drawn = new ArrayList<>();
        List<Set<String>> ways = new ArrayList<>();
        for (int i = 0; i < DRAWN; i++) {
            Map<String, Object> input = input(i);
            ExecutionResult result = perform(original, input, i);
            if (result.error() != null) {
                return false;
            }
            drawn.add(input);
            ways.add(ways(result));
        }
        Set<String> acted = new TreeSet<>();
        for (int i = 0; i < INPUTS; i++) {
            int next = mostAdded(ways);
            inputs.add(drawn.remove(next));
            Set<String> taken = ways.remove(next);
            ways.forEach(others -> others.removeAll(taken));
            // twice, as profiling does: a doubled effect finds a second recorded answer
            for (int run = 0; run < 2; run++) {
                ExecutionResult result = perform(original, inputs.get(i), run);
                recorded.addAll(result.effects());
                result.effects().forEach(effect -> acted.add(effect.node()));
            }
        }
        return Graphs.leaves(original).stream()
                .allMatch(leaf -> acted.contains(leaf.id())
                        || leaf.kind() == NodeKind.CONDITION
                        || !original.effectsOf(leaf).mustKeep());
    }

    private static int mostAdded(List<Set<String>> ways) {
        int best = 0;
        for (int i = 1; i < ways.size(); i++) {
            best = ways.get(i).size() > ways.get(best).size() ? i : best;
        }
        return best;
    }

    /** Which nodes ran how often, and what conditions chose. */
    private static Set<String> ways(ExecutionResult result) {
        Set<String> ways = new TreeSet<>();
        result.trace()
                .occurrences()
                .forEach(occurrence ->
                        ways.add(occurrence.node() + " " + occurrence.iteration() + " " + occurrence.label()));
        return ways;
    }

    private Map<String, Object> input(int i) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (String key : original.inputs()) {
            input.put(key, SymbolicRunners.symbol(original.id() + key + i));
        }
        return input;
    }

    private ExecutionResult perform(Workflow workflow, Map<String, Object> input, int i) {
        return executor.execute(new ExecutionRequest(
                "record-" + i,
                workflow,
                input,
                Path.of("."),
                runners,
                new FreeModels(),
                new EffectPolicy.Perform(),
                Duration.ofSeconds(20),
                executor.defaultSettings()));
    }

    Workflow original() {
        return original;
    }

    /** Whether the original can be run here at all; what cannot is only checked. */
    boolean runs() {
        return runs;
    }

    /** Whether both versions, run on inputs that no dry run sees, ever give another output or have other effects. */
    boolean differs(Workflow candidate) {
        if (!executor.obstacles(candidate, runners, executor.defaultSettings()).isEmpty()) {
            return true;
        }
        for (int i = 0; i < OTHER_INPUTS; i++) {
            Map<String, Object> input = input(DRAWN + i);
            if (elsewhere.size() == i) {
                elsewhere.add(Seen.of(perform(original, input, i)));
            }
            if (!elsewhere.get(i).equals(seen(candidate, input, i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Seen seen(Workflow candidate, Map<String, Object> input, int i) {
        try {
            return Seen.of(perform(candidate, input, i));
        } catch (FettleException e) {
            return null;
        }
    }

    Outcome validate(Workflow candidate) {
        List<WorkflowCheck.Problem> problems = WorkflowCheck.problems(candidate);
        if (!problems.isEmpty()) {
            // As where its definition is read.
            return new Outcome(ValidationVerdict.REJECT, "it is no valid workflow: " + problems);
        }
        List<Violation> violations =
                StaticChecks.standard().run(original, candidate, unchanged(), Constraints.DEFAULT, null);
        if (!runs) {
            boolean critical = violations.stream().anyMatch(Violation::critical);
            return new Outcome(
                    critical ? ValidationVerdict.REJECT : ValidationVerdict.INCONCLUSIVE, violations.toString());
        }
        runners.stray(true);
        try {
            ValidationReport report = new DryRun()
                    .run(
                            new DryRunRequest(
                                    original,
                                    candidate,
                                    executor,
                                    executor.defaultSettings(),
                                    runners,
                                    new FreeModels(),
                                    Path.of("."),
                                    inputs,
                                    new EffectPolicy.Replay(recorded),
                                    Judges.DEFAULT,
                                    VerdictRule.DEFAULT,
                                    SETTINGS,
                                    violations,
                                    Set.of()),
                            DryRunProgress.NONE)
                    .report();
            return new Outcome(report.verdict(), String.join("; ", report.reasons()) + report.differences());
        } catch (FettleException e) {
            return new Outcome(ValidationVerdict.INCONCLUSIVE, "refused: " + e.getMessage());
        } finally {
            runners.stray(false);
        }
    }

    private static Estimate unchanged() {
        MetricEstimate one = new MetricEstimate(1, 1, 1, 1, Source.MEASURED);
        MetricEstimate none = new MetricEstimate(0, 0, 0, 0, Source.MEASURED);
        return new Estimate(one, one, one, one, none, one, one, 1, 1, List.of());
    }
}

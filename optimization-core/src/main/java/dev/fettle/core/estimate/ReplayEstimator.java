package dev.fettle.core.estimate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Estimates candidates by replaying a sample of recorded traces in full. Immutable; safe for several threads.
 *
 * <p>Each trace is kept as a tree of steps. For a candidate, the steps that still run get the lengths that the record, the
 * stated outcomes, simulated caches and the table of models give, and are placed again under the precedence that is left.
 */
public final class ReplayEstimator {
    private final Workflow base;
    private final RecordedWorkflow recorded;
    private final List<ReplayTrace> traces;
    private final SampleStatistics sample;
    private final Pricing pricing;
    private final ReplaySettings settings;
    private final Beliefs beliefs;
    private final Bootstrap bootstrap;
    private final RunOutcomes baseline;

    /**
     * @param sample complete traces of the base workflow
     * @throws FettleException where the sample is empty
     */
    public ReplayEstimator(Workflow base, List<ExecutionTrace> sample, ModelCatalogue models, ReplaySettings settings) {
        if (sample.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "no complete trace of (" + base.id() + ") is there to replay; record at least one run");
        }
        this.base = base;
        this.recorded = RecordedWorkflow.of(base);
        this.traces = sample.stream().map(ReplayTrace::of).toList();
        this.sample = SampleStatistics.of(sample);
        this.pricing = new Pricing(models, base);
        this.settings = settings;
        this.beliefs = new Beliefs(this.sample, pricing);
        this.bootstrap = new Bootstrap(sample.size(), settings.resamples(), settings.seed());
        this.baseline = outcomes(base, List.of());
    }

    public Workflow base() {
        return base;
    }

    RecordedWorkflow recorded() {
        return recorded;
    }

    /** Whether nodes, their order and what they read and write are those of the base. */
    public boolean sameShape(Workflow candidate) {
        return Shape.of(candidate).equals(recorded.shape());
    }

    /** The suggestions' changes applied to the base in the given order, or why that cannot be done. */
    public ChangeResult compose(List<Suggestion> suggestions) {
        return compose(base, suggestions);
    }

    static ChangeResult compose(Workflow workflow, List<Suggestion> suggestions) {
        List<WorkflowChange> changes = new ArrayList<>();
        suggestions.forEach(suggestion -> changes.addAll(suggestion.changes()));
        return WorkflowChange.applyAll(workflow, changes);
    }

    /** The estimate for these suggestions together; empty where they cannot be combined in this order. */
    public Optional<Estimate> estimate(List<Suggestion> suggestions) {
        return compose(suggestions) instanceof ChangeResult.Applied applied
                ? Optional.of(estimate(applied.workflow(), suggestions))
                : Optional.empty();
    }

    /** An estimate and the means that it shows, from one replay. */
    public record Judged(Estimate estimate, Means means) {}

    /** The estimate for these suggestions together with the means behind it; empty where they cannot be combined. */
    public Optional<Judged> judge(List<Suggestion> suggestions) {
        if (!(compose(suggestions) instanceof ChangeResult.Applied applied)) {
            return Optional.empty();
        }
        RunOutcomes after = outcomes(applied.workflow(), beliefs(applied.workflow(), suggestions));
        return Optional.of(new Judged(estimate(applied.workflow(), suggestions, after), means(after)));
    }

    private Estimate estimate(Workflow candidate, List<Suggestion> suggestions) {
        return estimate(candidate, suggestions, outcomes(candidate, beliefs(candidate, suggestions)));
    }

    private Estimate estimate(Workflow candidate, List<Suggestion> suggestions, RunOutcomes after) {
        List<Belief> needed = beliefs(candidate, suggestions);
        List<RunOutcomes[]> ends = new ArrayList<>();
        for (int i = 0; i < needed.size(); i++) {
            if (!needed.get(i).certain()) {
                ends.add(new RunOutcomes[] {
                    outcomes(candidate, with(needed, i, false)), outcomes(candidate, with(needed, i, true))
                });
            }
        }
        return new EstimateAssembly(baseline, after, ends, bootstrap, needed)
                .estimate(suggestions, !candidate.equals(base), approximatedCaches(candidate));
    }

    private List<String> approximatedCaches(Workflow candidate) {
        List<String> notes = new ArrayList<>();
        for (Node node : candidate.allNodes()) {
            Policies.Cache cache = node.policies().cache();
            if (cache != null
                    && cache.eviction() == Policies.Cache.Eviction.LFU
                    && !cache.equals(base.node(node.id())
                            .map(old -> old.policies().cache())
                            .orElse(null))) {
                notes.add("estimated for '" + node.id()
                        + "': the cache is replayed with exact LFU, which a run approximates");
            }
        }
        return notes;
    }

    private static List<Belief> with(List<Belief> beliefs, int index, boolean upper) {
        List<Belief> copy = new ArrayList<>(beliefs);
        copy.set(index, beliefs.get(index).at(upper));
        return copy;
    }

    private List<Belief> beliefs(Workflow candidate, List<Suggestion> suggestions) {
        List<Belief> stated = new ArrayList<>();
        for (Suggestion suggestion : suggestions) {
            for (ExpectedOutcome outcome : suggestion.outcomes()) {
                stated.add(Belief.of(outcome));
            }
        }
        return CandidateEffects.beliefs(recorded, candidate, stated, beliefs);
    }

    private RunOutcomes outcomes(Workflow candidate, List<Belief> needed) {
        CandidateEffects effects = CandidateEffects.of(recorded, candidate, needed);
        return new RunOutcomes(
                traces.stream().map(trace -> replay(trace, effects).run()).toList());
    }

    TraceReplay replay(ReplayTrace trace, CandidateEffects effects) {
        return new TraceReplay(trace, effects, pricing, sample, settings);
    }

    CandidateEffects effects(Workflow candidate, List<Suggestion> suggestions) {
        return CandidateEffects.of(recorded, candidate, beliefs(candidate, suggestions));
    }

    ReplaySettings settings() {
        return settings;
    }

    /** A new one. */
    Compiling compiling() {
        return new Compiling(this, traces, settings);
    }

    /** Means over the replayed runs: what a search compares. Empty where the suggestions cannot be combined. */
    public Optional<Means> means(List<Suggestion> suggestions) {
        if (!(compose(suggestions) instanceof ChangeResult.Applied applied)) {
            return Optional.empty();
        }
        RunOutcomes after = outcomes(applied.workflow(), beliefs(applied.workflow(), suggestions));
        return Optional.of(means(after));
    }

    /** Means over the recorded runs. */
    public Means baseline() {
        return means(baseline);
    }

    private Means means(RunOutcomes runs) {
        return new Means(
                Bootstrap.mean(runs.seconds),
                baseline.costUnknown() ? Double.NaN : runs.meanUsd(),
                Bootstrap.mean(runs.quality),
                Bootstrap.mean(runs.success),
                (double) runs.lostRuns / runs.seconds.length,
                runs.memoryBytes);
    }
}

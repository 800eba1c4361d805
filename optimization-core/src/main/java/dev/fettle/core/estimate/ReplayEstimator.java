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
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Of the record as it is; replays of candidates take over from it. */
    private final Replayed unchanged;

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
        this.sample = SampleStatistics.of(sample);
        this.traces = sample.stream()
                .map(trace -> ReplayTrace.of(trace, recorded, this.sample, settings))
                .toList();
        this.pricing = new Pricing(models, base);
        this.settings = settings;
        this.beliefs = new Beliefs(this.sample, pricing);
        this.bootstrap = new Bootstrap(sample.size(), settings.resamples(), settings.seed());
        this.unchanged = replayed(effects(base, List.of()), null);
        this.baseline = unchanged.outcomes();
    }

    public Workflow base() {
        return base;
    }

    RecordedWorkflow recorded() {
        return recorded;
    }

    /** Whether nodes, their order and what they read and write are those of the base. */
    public boolean sameShape(Workflow candidate) {
        return recorded.shape().isOf(candidate);
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
        return judge(suggestions).map(Judged::estimate);
    }

    /** An estimate and the means that it shows, from one replay. */
    public record Judged(Estimate estimate, Means means) {}

    /** The estimate for these suggestions together with the means behind it; empty where they cannot be combined. */
    public Optional<Judged> judge(List<Suggestion> suggestions) {
        if (!(compose(suggestions) instanceof ChangeResult.Applied applied)) {
            return Optional.empty();
        }
        Workflow candidate = applied.workflow();
        List<Belief> needed = beliefs(candidate, suggestions);
        Replayed replayed = replayed(CandidateEffects.of(recorded, candidate, needed), unchanged);
        RunOutcomes after = replayed.outcomes();
        List<RunOutcomes[]> ends = new ArrayList<>();
        for (int i = 0; i < needed.size(); i++) {
            if (!needed.get(i).certain()) {
                ends.add(new RunOutcomes[] {end(replayed, needed, i, false), end(replayed, needed, i, true)});
            }
        }
        Estimate estimate = assemble(candidate, suggestions, needed, after, ends);
        return Optional.of(new Judged(estimate, means(after)));
    }

    private Estimate assemble(
            Workflow candidate,
            List<Suggestion> suggestions,
            List<Belief> needed,
            RunOutcomes after,
            List<RunOutcomes[]> ends) {
        return new EstimateAssembly(baseline, after, ends, bootstrap, needed)
                .estimate(suggestions, !candidate.equals(base), notes(candidate));
    }

    private List<String> notes(Workflow candidate) {
        List<String> notes = new ArrayList<>();
        if (settings.interference().measured() && !Membership.of(candidate).equals(Membership.of(base))) {
            notes.add(String.format(
                    Locale.ROOT,
                    "estimated for blocks: members that compute share %.2f processors, which is what two runs at once"
                            + " were measured to get",
                    settings.undisturbedProcessors()));
        }
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

    /** The runs with one belief at an end of its interval. */
    private RunOutcomes end(Replayed replayed, List<Belief> beliefs, int index, boolean upper) {
        List<Belief> copy = new ArrayList<>(beliefs);
        copy.set(index, beliefs.get(index).at(upper));
        return outcomes(replayed.effects().believing(copy, beliefs.get(index).node()), replayed);
    }

    private List<Belief> beliefs(Workflow candidate, List<Suggestion> suggestions) {
        List<Belief> stated = new ArrayList<>();
        for (Suggestion suggestion : suggestions) {
            for (ExpectedOutcome outcome : suggestion.outcomes()) {
                stated.add(Belief.of(outcome));
            }
        }
        return beliefs.needed(recorded, candidate, stated);
    }

    /** All runs replayed, with what other candidates may take over. */
    private record Replayed(CandidateEffects effects, RunOutcomes outcomes, List<TraceReplay> replays) {}

    private Replayed replayed(CandidateEffects effects, @Nullable Replayed earlier) {
        List<TraceReplay> replays = replays(effects, true, earlier, null);
        return new Replayed(effects, outcomes(replays), replays);
    }

    private RunOutcomes outcomes(CandidateEffects effects, Replayed earlier) {
        return outcomes(replays(effects, false, earlier, null));
    }

    private static RunOutcomes outcomes(List<TraceReplay> replays) {
        TraceOutcome[] outcomes = new TraceOutcome[replays.size()];
        for (int t = 0; t < outcomes.length; t++) {
            outcomes[t] = replays.get(t).run();
        }
        return new RunOutcomes(List.of(outcomes));
    }

    /**
     * A replay of each trace that has not run.
     *
     * @param keeping whether others will take over from them
     * @param earlier to take over from; null where there is nothing yet
     * @param hits by trace, of the caches of the candidate; null where they are not known
     */
    private List<TraceReplay> replays(
            CandidateEffects effects, boolean keeping, @Nullable Replayed earlier, @Nullable List<CacheHits> hits) {
        Precedent.Difference difference = earlier == null ? null : Precedent.Difference.of(effects, earlier.effects());
        List<TraceReplay> replays = new ArrayList<>();
        for (int t = 0; t < traces.size(); t++) {
            Precedent precedent = earlier == null || difference == null
                    ? null
                    : new Precedent(earlier.replays().get(t), difference);
            CacheHits known = hits == null ? null : hits.get(t);
            replays.add(new TraceReplay(traces.get(t), effects, pricing, sample, settings, keeping, precedent, known));
        }
        return replays;
    }

    /** A replay of each trace that has not run. */
    List<TraceReplay> replays(CandidateEffects effects) {
        return replays(effects, null);
    }

    /**
     * A replay of each trace that has not run.
     *
     * @param hits by trace, of the caches of the candidate; null where they are not known
     */
    List<TraceReplay> replays(CandidateEffects effects, @Nullable List<CacheHits> hits) {
        return replays(effects, false, unchanged, hits);
    }

    /** A replay of one trace that has not run. */
    TraceReplay replay(int trace, CandidateEffects effects) {
        return new TraceReplay(traces.get(trace), effects, pricing, sample, settings, false, null, null);
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
        RunOutcomes after = outcomes(effects(applied.workflow(), suggestions), unchanged);
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

package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replays one trace under the effects of a candidate. Used once; what it found out about single steps can be taken over by
 * replays of other candidates, most of whose steps are the same.
 */
final class TraceReplay {
    private final ReplayTrace trace;
    private final CandidateEffects effects;
    private final ReplaySettings settings;
    private final @Nullable Precedent precedent;
    private final StepReplay steps;
    private final CacheHits hits;
    private final TeamTurns turns;
    private final Placing placing;
    private final StepEnds ends;

    /** Of each step: its length, or {@link Timeline#GONE}; its money with all inside. */
    private final double[] lengths;

    private final double[] usd;

    /** Of each step without others inside, and of each outermost one: what it counted. Null where nobody will ask. */
    private final StepReplay.@Nullable Counts @Nullable [] counts;

    /** To take over steps from; null where that cannot be. */
    private final @Nullable TraceReplay earlier;

    private boolean scaled;
    private double memoryBytes;

    /**
     * @param keeping whether other replays will take over from this one
     * @param precedent null where there is none
     * @param knownHits under the same caches; null where they are not known
     */
    TraceReplay(
            ReplayTrace trace,
            CandidateEffects effects,
            Pricing pricing,
            SampleStatistics sample,
            ReplaySettings settings,
            boolean keeping,
            @Nullable Precedent precedent,
            @Nullable CacheHits knownHits) {
        this.trace = trace;
        this.effects = effects;
        this.precedent = precedent;
        this.settings = settings;
        this.steps = new StepReplay(pricing, sample, settings);
        this.hits = knownHits != null ? knownHits : hits(trace, effects, precedent);
        this.turns = TeamTurns.of(trace, effects);
        this.placing = new Placing(
                trace,
                effects,
                settings,
                keeping,
                precedent == null ? null : precedent.replay().placing,
                precedent != null && precedent.difference().sameOrder());
        int n = trace.steps.size();
        this.lengths = new double[n];
        this.usd = new double[n];
        this.counts = keeping ? new StepReplay.@Nullable Counts[n] : null;
        this.ends = new StepEnds(trace, effects, steps, lengths);
        this.earlier =
                precedent != null && turns.none() && precedent.replay().turns.none() && !effects.speculates()
                        ? precedent.replay()
                        : null;
        Arrays.fill(lengths, Timeline.GONE);
    }

    private static CacheHits hits(ReplayTrace trace, CandidateEffects effects, @Nullable Precedent precedent) {
        return precedent != null && precedent.difference().sameCaches()
                ? precedent.replay().hits
                : CacheHits.of(trace, effects);
    }

    TraceOutcome run() {
        return run(true);
    }

    /** The outcome, in which the seconds may be missing: where nothing else depends on them, nothing is placed. */
    TraceOutcome runWithoutTimes() {
        return run(trace.recordsMemory || effects.hasCuts());
    }

    private TraceOutcome run(boolean timed) {
        List<Step.Item> top = trace.topLevel;
        double[] inner = earlier == null ? replayChildren(top) : replayDiffering(earlier);
        EarlyStarts.overlap(trace, effects, settings, inner, lengths);
        double seconds = timed ? placing.place(trace.steps.size(), top, inner, 0, trace.seconds) : Double.NaN;
        double money = outermostUsd();
        for (Belief belief : effects.added()) {
            seconds += belief.seconds().of(0);
            money += belief.usd().of(0);
        }
        double success = ends.recordedSuccess();
        boolean lost = false;
        double rescued = success == 0 ? ends.rescued() : 0;
        Step failed = ends.firstCut(placing);
        if (failed != null) {
            double cut = placing.start(failed) + lengths[failed.index];
            seconds = Math.min(seconds, cut);
            money = moneyBefore(cut);
            lost = success != 0;
            success = 0;
            rescued = 0;
        }
        return new TraceOutcome(
                seconds,
                money,
                steps.pricedCalls,
                steps.unpricedCalls,
                success == 0 ? rescued : success,
                rescued,
                lost,
                quality(),
                Math.max(memoryBytes, placing.memoryBytes()),
                steps.assumedSeconds);
    }

    private double outermostUsd() {
        double sum = 0;
        for (Step step : trace.outermost) {
            sum += usd[step.index];
        }
        return sum;
    }

    /** Of the outermost steps that start before a time. */
    private double moneyBefore(double seconds) {
        double money = 0;
        for (Step step : trace.outermost) {
            money += placing.start(step) < seconds ? usd[step.index] : 0;
        }
        return money;
    }

    /** Lengths of the steps among the items; zero for calls, which the caller fills in. */
    private double[] replayChildren(List<Step.Item> items) {
        double[] inner = new double[items.size()];
        for (int i = 0; i < inner.length; i++) {
            Step step = items.get(i).step();
            if (step != null) {
                replay(step);
                inner[i] = lengths[step.index];
            }
        }
        return inner;
    }

    /** Lengths of the outermost steps: those in which nothing differs are taken over as a whole. */
    private double[] replayDiffering(TraceReplay known) {
        System.arraycopy(known.lengths, 0, lengths, 0, lengths.length);
        System.arraycopy(known.usd, 0, usd, 0, usd.length);
        placing.takeOver(known.placing);
        double[] inner = new double[trace.outermost.length];
        for (int i = 0; i < inner.length; i++) {
            Step step = trace.outermost[i];
            StepReplay.Counts counted = known.counts == null || differsWithin(step) ? null : known.counts[step.index];
            if (counted == null) {
                forget(step);
                replay(step);
            } else {
                count(step, counted);
            }
            inner[i] = lengths[step.index];
        }
        memoryBytes = trace.recordsMemory ? memory(trace.topLevel) : 0;
        return inner;
    }

    private boolean differsWithin(Step step) {
        if (precedent == null || precedent.difference().at(step)) {
            return true;
        }
        if (step.children.isEmpty()) {
            return false;
        }
        // in another order of the nodes, what is inside may lie otherwise
        boolean differs = !precedent.difference().sameOrder();
        for (int i = 0; i < step.children.size() && !differs; i++) {
            differs = differsWithin(step.children.get(i));
        }
        return differs;
    }

    private void forget(Step step) {
        lengths[step.index] = Timeline.GONE;
        usd[step.index] = 0;
        placing.at(step, 0);
        step.children.forEach(this::forget);
    }

    private double memory(List<Step.Item> items) {
        double most = 0;
        for (Step.Item item : items) {
            Step step = item.step();
            if (step != null && !effects.of(step).gone()) {
                Long own = step.occurrence.memoryBytes();
                most = Math.max(most, Math.max(own == null ? 0 : (double) own, memory(step.items())));
            }
        }
        return most;
    }

    private void replay(Step step) {
        NodeEffect effect = effects.of(step);
        if (effect.gone() || turns.gone(step)) {
            return;
        }
        Long memory = step.occurrence.memoryBytes();
        memoryBytes = Math.max(memoryBytes, memory == null ? 0 : (double) memory);
        if (takenOver(step)) {
            return;
        }
        if (hits.step(step)) {
            lengths[step.index] = steps.cacheHitSeconds(null);
            return;
        }
        StepReplay.Counts before =
                counts == null || (!step.children.isEmpty() && step.parent != null) ? null : steps.counts();
        List<Step.Item> items = step.items();
        double inside = step.seconds();
        double money = 0;
        TeamEffect team = effect.team();
        if (step.children.isEmpty() && effects.unchanged(step) && !turns.cutAny(items)) {
            // what nothing changes need not be placed again
            money = steps.callUsd(step, effect, hits, turns);
        } else if (!items.isEmpty()) {
            double[] inner = step.children.isEmpty() ? new double[items.size()] : replayChildren(items);
            steps.callSeconds(step, effect, hits, inner);
            if (!turns.none()) {
                leaveCutOut(items, inner);
            }
            boolean rearranged = team != null && team.rearranged();
            inside = team != null && rearranged
                    ? turns.place(step, team, lengths, placing)
                    : placing.place(step.index, items, inner, step.start, step.end);
            money = steps.callUsd(step, effect, hits, turns);
            money += team != null && rearranged ? turns.usd(step, team, usd) : usdOfChildren(step);
        }
        double seconds = steps.stepSeconds(step, inside, effect);
        if (inside > 0 && seconds != inside && !step.children.isEmpty()) {
            scaled = true;
            double ratio = seconds / inside;
            step.children.forEach(child -> scale(child, ratio));
        }
        lengths[step.index] = seconds;
        usd[step.index] = StepReplay.stepUsd(money, effect);
        if (counts != null && before != null) {
            counts[step.index] = steps.counts().minus(before);
        }
    }

    private void leaveCutOut(List<Step.Item> items, double[] inner) {
        for (int i = 0; i < inner.length; i++) {
            inner[i] = turns.cut(items.get(i)) ? Timeline.GONE : inner[i];
        }
    }

    /** Whether the same step took the same in the earlier replay, and was taken over. */
    private boolean takenOver(Step step) {
        if (earlier == null
                || precedent == null
                || !step.children.isEmpty()
                || precedent.difference().at(step)
                || (earlier.scaled && step.parent != null)) {
            return false;
        }
        StepReplay.Counts known = earlier.counts == null ? null : earlier.counts[step.index];
        if (known == null) {
            return false;
        }
        lengths[step.index] = earlier.lengths[step.index];
        usd[step.index] = earlier.usd[step.index];
        count(step, known);
        return true;
    }

    private void count(Step step, StepReplay.Counts known) {
        steps.add(known);
        if (counts != null) {
            counts[step.index] = known;
        }
    }

    private double usdOfChildren(Step step) {
        double sum = 0;
        for (Step child : step.children) {
            sum += usd[child.index];
        }
        return sum;
    }

    private void scale(Step step, double ratio) {
        placing.scale(step, ratio);
        lengths[step.index] *= lengths[step.index] < 0 ? 1 : ratio;
        step.children.forEach(child -> scale(child, ratio));
    }

    /** Replays a step by itself: its length or {@link Timeline#GONE}. */
    double alone(Step step) {
        replay(step);
        return lengths[step.index];
    }

    /** How the steps end that were replayed. */
    StepEnds ends() {
        return ends;
    }

    /** Money of a replayed step with all inside. */
    double usd(Step step) {
        return usd[step.index];
    }

    /** Of the run, as far as its steps were replayed. */
    double quality() {
        return BelievedQuality.of(trace, effects, lengths);
    }

    /** Seconds of the step; negative where it does not run, alone or with what holds it. */
    double length(Step step) {
        for (Step outer = step.parent; outer != null; outer = outer.parent) {
            if (lengths[outer.index] < 0 || hits.step(outer)) {
                return Timeline.GONE;
            }
        }
        return lengths[step.index];
    }
}

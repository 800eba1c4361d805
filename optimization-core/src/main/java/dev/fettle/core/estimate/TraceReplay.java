package dev.fettle.core.estimate;

import dev.fettle.api.trace.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays one trace under the effects of a candidate. Used once. */
final class TraceReplay {
    private final ReplayTrace trace;
    private final CandidateEffects effects;
    private final ReplaySettings settings;
    private final StepReplay steps;
    private final CacheHits hits;
    private final TeamTurns turns;

    /** Of each step: since the start of what holds it; its length, or {@link Timeline#GONE}; its money with all inside. */
    private final double[] offsets;

    private final double[] lengths;
    private final double[] usd;
    private double memoryBytes;

    TraceReplay(
            ReplayTrace trace,
            CandidateEffects effects,
            Pricing pricing,
            SampleStatistics sample,
            ReplaySettings settings) {
        this.trace = trace;
        this.effects = effects;
        this.settings = settings;
        this.steps = new StepReplay(pricing, sample, settings);
        this.hits = CacheHits.of(trace, effects);
        this.turns = TeamTurns.of(trace, effects);
        int n = trace.steps.size();
        this.offsets = new double[n];
        this.lengths = new double[n];
        this.usd = new double[n];
        Arrays.fill(lengths, Timeline.GONE);
    }

    TraceOutcome run() {
        List<Step.Item> top = trace.topLevel;
        double[] inner = replayChildren(top);
        double seconds = place(top, inner, 0, trace.seconds);
        double money = 0;
        for (Step.Item item : top) {
            money += item.step() == null ? 0 : usd[item.step().index];
        }
        for (Belief belief : effects.added()) {
            seconds += belief.seconds().of(0);
            money += belief.usd().of(0);
        }
        double success = recordedSuccess();
        double rescued = success == 0 ? rescued() : 0;
        Step failed = firstTimeout();
        if (failed != null) {
            double cut = absoluteStart(failed) + lengths[failed.index];
            seconds = Math.min(seconds, cut);
            money = moneyBefore(top, cut);
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
                quality(),
                memoryBytes,
                steps.assumedSeconds);
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

    private void replay(Step step) {
        NodeEffect effect = effects.of(step.node());
        if (effect.gone() || turns.gone(step)) {
            return;
        }
        Long memory = step.occurrence.memoryBytes();
        memoryBytes = Math.max(memoryBytes, memory == null ? 0 : (double) memory);
        if (hits.step(step)) {
            lengths[step.index] = steps.cacheHitSeconds(null);
            return;
        }
        List<Step.Item> items = step.items();
        double inside = step.seconds();
        double money = 0;
        TeamEffect team = effect.team();
        if (step.children.isEmpty() && effect.unchanged() && !turns.cutAny(items)) {
            // what nothing changes need not be placed again
            money = steps.callUsd(items, effect, hits);
        } else if (!items.isEmpty()) {
            double[] inner = replayChildren(items);
            steps.callSeconds(items, effect, hits, inner);
            for (int i = 0; i < inner.length; i++) {
                inner[i] = turns.cut(items.get(i)) ? Timeline.GONE : inner[i];
            }
            inside = team != null && team.rearranged()
                    ? placeTurns(step, team)
                    : place(items, inner, step.start, step.end);
            money = steps.callUsd(turns.kept(items), effect, hits);
            money += team != null && team.rearranged() ? usdOfTurns(step, team) : usdOfChildren(step);
        }
        double seconds = steps.stepSeconds(step, inside, effect);
        if (inside > 0 && seconds != inside) {
            double ratio = seconds / inside;
            step.children.forEach(child -> scale(child, ratio));
        }
        lengths[step.index] = seconds;
        usd[step.index] = StepReplay.stepUsd(money, effect);
    }

    private double usdOfChildren(Step step) {
        double sum = 0;
        for (Step child : step.children) {
            sum += usd[child.index];
        }
        return sum;
    }

    /**
     * Places the turns of a team wave after wave, each as long as the member's first recorded turn; the time that the
     * team itself took around and between recorded turns is kept once.
     */
    private double placeTurns(Step step, TeamEffect team) {
        double length = Math.max(0, step.seconds() - covered(step));
        for (List<String> wave : team.waves()) {
            double longest = 0;
            for (String member : wave) {
                Step turn = turns.first(step, member);
                if (turn != null) {
                    offsets[turn.index] = length;
                    longest = Math.max(longest, lengths[turn.index]);
                }
            }
            length += longest;
        }
        return length;
    }

    /** Time in which some turn ran, as recorded. */
    private static double covered(Step step) {
        double covered = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (Step.Item item : step.items()) {
            covered += Math.max(0, item.end() - Math.max(end, item.start()));
            end = Math.max(end, item.end());
        }
        return covered;
    }

    private double usdOfTurns(Step step, TeamEffect team) {
        double sum = 0;
        for (List<String> wave : team.waves()) {
            for (String member : wave) {
                Step turn = turns.first(step, member);
                sum += turn == null ? 0 : usd[turn.index];
            }
        }
        return sum;
    }

    /** Replays a step by itself: its length or {@link Timeline#GONE}. */
    double alone(Step step) {
        replay(step);
        return lengths[step.index];
    }

    /** Whether the effects cut a replayed step short, or try a step again that was recorded as failed. */
    boolean decisive() {
        for (Step step : trace.steps) {
            NodeEffect effect = effects.of(step.node());
            double length = lengths[step.index];
            if ((length >= 0 && StepReplay.timesOut(length, effect))
                    || (step.occurrence.status() == Status.ERROR && effect.extraAttempts() > 0)) {
                return true;
            }
        }
        return false;
    }

    /** Money of a replayed step with all inside. */
    double usd(Step step) {
        return usd[step.index];
    }

    private void scale(Step step, double ratio) {
        offsets[step.index] *= ratio;
        lengths[step.index] *= lengths[step.index] < 0 ? 1 : ratio;
        step.children.forEach(child -> scale(child, ratio));
    }

    /** Sets the offsets of the steps among the items, and gives the time from the start to the end of it all. */
    private double place(List<Step.Item> items, double[] inner, double start, double end) {
        List<Group> groups = Group.of(items, inner, effects);
        List<Step.Item> units = new ArrayList<>();
        double[] unitLengths = new double[groups.size()];
        for (int i = 0; i < unitLengths.length; i++) {
            Group group = groups.get(i);
            units.add(group.unit(items));
            unitLengths[i] = group.members.size() > 1 ? placeBlock(group, items, inner) : inner[group.members.get(0)];
        }
        Timeline timeline = Timeline.of(units, unitLengths, start, end);
        for (int i = 0; i < unitLengths.length; i++) {
            for (int member : groups.get(i).members) {
                Step step = items.get(member).step();
                if (step != null) {
                    offsets[step.index] += timeline.starts[i];
                }
            }
        }
        return timeline.length;
    }

    private double placeBlock(Group group, List<Step.Item> items, double[] inner) {
        List<Step> members = group.steps(items);
        double[] memberLengths = new double[members.size()];
        double memory = 0;
        for (int i = 0; i < memberLengths.length; i++) {
            memberLengths[i] = inner[group.members.get(i)];
            Long bytes = members.get(i).occurrence.memoryBytes();
            memory += memberLengths[i] < 0 || bytes == null ? 0 : (double) bytes;
        }
        memoryBytes = Math.max(memoryBytes, memory);
        int[][] needs = BlockReplay.needs(members, effects, group.recorded);
        Step.Item unit = group.unit(items);
        BlockReplay replay = group.recorded
                ? BlockReplay.recorded(members, memberLengths, needs, unit.start(), unit.end())
                : BlockReplay.formed(members, memberLengths, group.delays(items), needs, settings);
        for (int i = 0; i < memberLengths.length; i++) {
            offsets[members.get(i).index] = replay.starts[i];
        }
        return replay.length;
    }

    private double recordedSuccess() {
        return switch (trace.trace.status()) {
            case OK -> 1;
            case ERROR -> 0;
            case CANCELLED, UNKNOWN, PAUSED -> Double.NaN;
        };
    }

    /** Chance that nothing that made the recorded run fail fails any more. */
    double rescued() {
        double chance = 1;
        boolean blamed = false;
        for (Step step : trace.steps) {
            boolean cause = step.occurrence.status() == Status.ERROR
                    && step.children.stream().noneMatch(child -> child.occurrence.status() == Status.ERROR);
            if (cause) {
                blamed = true;
                chance *= lengths[step.index] < 0 ? 1 : steps.recovered(step.node(), effects.of(step.node()));
            }
        }
        return blamed ? chance : 0;
    }

    private @Nullable Step firstTimeout() {
        Step first = null;
        double firstEnd = Double.POSITIVE_INFINITY;
        for (Step step : trace.steps) {
            double length = lengths[step.index];
            if (length >= 0 && StepReplay.timesOut(length, effects.of(step.node()))) {
                double end = absoluteStart(step) + length;
                if (end < firstEnd) {
                    first = step;
                    firstEnd = end;
                }
            }
        }
        return first;
    }

    private double moneyBefore(List<Step.Item> top, double cut) {
        double money = 0;
        for (Step.Item item : top) {
            if (item.step() != null && offsets[item.step().index] < cut) {
                money += usd[item.step().index];
            }
        }
        return money;
    }

    /** Losses of quality add up, which bounds their joint effect from above. */
    double quality() {
        double quality = 1;
        for (Belief belief : effects.beliefs()) {
            if (belief.quality().of(1) != 1 && concerned(belief)) {
                quality += belief.quality().of(1) - 1;
            }
        }
        return quality;
    }

    private boolean concerned(Belief belief) {
        if (effects.added().contains(belief)) {
            return true;
        }
        for (Step step : trace.steps) {
            if (lengths[step.index] >= 0
                    && step.node().equals(belief.node())
                    && (belief.subject() != Belief.Subject.TOOL
                            || step.occurrence.toolCalls().stream().anyMatch(call -> belief.concerns(call.tool())))) {
                return true;
            }
        }
        return false;
    }

    double absoluteStart(Step step) {
        double start = 0;
        for (Step inside = step; inside != null; inside = inside.parent) {
            start += offsets[inside.index];
        }
        return start;
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

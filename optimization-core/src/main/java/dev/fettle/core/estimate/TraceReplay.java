package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Of each step: since the start of what holds it; its length, or {@link Timeline#GONE}; its money with all inside. */
    private final double[] offsets;

    private final double[] lengths;
    private final double[] usd;

    /** Of each step without others inside: what it counted. Null where nobody will ask. */
    private final StepReplay.@Nullable Counts @Nullable [] counts;

    /** By the step that holds the items, those of the trace behind all others; null where nobody will ask. */
    private final @Nullable Units @Nullable [] units;

    private boolean scaled;
    private double memoryBytes;

    /** Items in the groups in which they are placed, and each group as one item. */
    private record Units(List<Group> groups, List<Step.Item> items, int[] byEnd) {}

    /**
     * A finished replay of the same trace that kept its steps, to take over from.
     *
     * @param differing nodes on which the effects were not the same
     * @param sameOrder whether the nodes ran in the same order
     */
    record Precedent(TraceReplay replay, Set<String> differing, boolean sameOrder) {}

    /**
     * @param keeping whether other replays will take over from this one
     * @param precedent null where there is none
     */
    TraceReplay(
            ReplayTrace trace,
            CandidateEffects effects,
            Pricing pricing,
            SampleStatistics sample,
            ReplaySettings settings,
            boolean keeping,
            @Nullable Precedent precedent) {
        this.trace = trace;
        this.effects = effects;
        this.precedent = precedent;
        this.settings = settings;
        this.steps = new StepReplay(pricing, sample, settings);
        this.hits = CacheHits.of(trace, effects);
        this.turns = TeamTurns.of(trace, effects);
        int n = trace.steps.size();
        this.offsets = new double[n];
        this.lengths = new double[n];
        this.usd = new double[n];
        this.counts = keeping ? new StepReplay.@Nullable Counts[n] : null;
        this.units = keeping ? new @Nullable Units[n + 1] : null;
        Arrays.fill(lengths, Timeline.GONE);
    }

    TraceOutcome run() {
        List<Step.Item> top = trace.topLevel;
        double[] inner = replayChildren(top);
        overlapSpeculation(top, inner);
        double seconds = place(trace.steps.size(), top, inner, 0, trace.seconds);
        double money = 0;
        for (Step.Item item : top) {
            money += item.step() == null ? 0 : usd[item.step().index];
        }
        for (Belief belief : effects.added()) {
            seconds += belief.seconds().of(0);
            money += belief.usd().of(0);
        }
        double success = recordedSuccess();
        boolean lost = false;
        double rescued = success == 0 ? rescued() : 0;
        Step failed = firstCut();
        if (failed != null) {
            double cut = absoluteStart(failed) + lengths[failed.index];
            seconds = Math.min(seconds, cut);
            money = moneyBefore(top, cut);
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
                memoryBytes,
                steps.assumedSeconds);
    }

    /**
     * A node that started while the condition before it decided is done earlier by the time in which both ran. That is the
     * same as a condition that takes so much less. What both compute must fit on the processors.
     */
    private void overlapSpeculation(List<Step.Item> top, double[] inner) {
        for (int i = 0; i + 1 < inner.length; i++) {
            Step condition = top.get(i).step();
            Step chosen = top.get(i + 1).step();
            if (condition == null || chosen == null || inner[i] <= 0 || inner[i + 1] <= 0) {
                continue;
            }
            Policies.Speculation early = effects.of(condition.node()).newSpeculation();
            if (early != null && early.nodes().contains(chosen.node()) && fits(condition, early)) {
                inner[i] -= Math.min(inner[i], inner[i + 1]);
                lengths[condition.index] = inner[i];
            }
        }
    }

    private boolean fits(Step condition, Policies.Speculation early) {
        Map<String, Double> shares = new HashMap<>();
        for (Step step : trace.steps) {
            if (early.nodes().contains(step.node())) {
                shares.merge(step.node(), step.cpuShare, Math::max);
            }
        }
        // those that this run did not choose count like the one that it did
        double one = shares.values().stream().mapToDouble(share -> share).max().orElse(0);
        return condition.cpuShare + one * early.nodes().size() <= settings.processors();
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
        if (takenOver(step)) {
            return;
        }
        if (hits.step(step)) {
            lengths[step.index] = steps.cacheHitSeconds(null);
            return;
        }
        StepReplay.Counts before = counts == null || !step.children.isEmpty() ? null : steps.counts();
        List<Step.Item> items = step.items();
        double inside = step.seconds();
        double money = 0;
        TeamEffect team = effect.team();
        if (step.children.isEmpty() && effect.unchanged() && !turns.cutAny(items)) {
            // what nothing changes need not be placed again
            money = steps.callUsd(step, effect, hits, turns);
        } else if (!items.isEmpty()) {
            double[] inner = replayChildren(items);
            steps.callSeconds(step, effect, hits, inner);
            for (int i = 0; i < inner.length; i++) {
                inner[i] = turns.cut(items.get(i)) ? Timeline.GONE : inner[i];
            }
            inside = team != null && team.rearranged()
                    ? placeTurns(step, team)
                    : place(step.index, items, inner, step.start, step.end);
            money = steps.callUsd(step, effect, hits, turns);
            money += team != null && team.rearranged() ? usdOfTurns(step, team) : usdOfChildren(step);
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

    /** Whether the same step took the same in the earlier replay, and was taken over. */
    private boolean takenOver(Step step) {
        if (precedent == null
                || !step.children.isEmpty()
                || (precedent.replay.scaled && step.parent != null)
                || precedent.differing.contains(step.node())
                || effects.of(step.node()).newSpeculation() != null
                || !turns.none()
                || !precedent.replay.turns.none()) {
            return false;
        }
        StepReplay.Counts known = precedent.replay.counts == null ? null : precedent.replay.counts[step.index];
        if (known == null) {
            return false;
        }
        lengths[step.index] = precedent.replay.lengths[step.index];
        usd[step.index] = precedent.replay.usd[step.index];
        steps.add(known);
        if (counts != null) {
            counts[step.index] = known;
        }
        return true;
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

    /** Whether a timeout or a limit cuts a replayed step or something inside it. */
    boolean cut(Step step) {
        return isCut(step) || step.children.stream().anyMatch(this::cut);
    }

    private boolean isCut(Step step) {
        double length = lengths[step.index];
        return length >= 0 && StepReplay.cutShort(step, length, effects.of(step.node()));
    }

    /** Chance that nothing in a replayed step that made the recorded run fail fails any more. */
    double rescued(Step step) {
        double chance = step.failedItself() ? spared(step) : 1;
        for (Step child : step.children) {
            chance *= rescued(child);
        }
        return chance;
    }

    private double spared(Step cause) {
        return lengths[cause.index] < 0 ? 1 : steps.recovered(cause.node(), effects.of(cause.node()));
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
    private double place(int holder, List<Step.Item> items, double[] inner, double start, double end) {
        Units placed = units(holder, items, inner);
        List<Group> groups = placed.groups();
        double[] unitLengths = new double[groups.size()];
        for (int i = 0; i < unitLengths.length; i++) {
            Group group = groups.get(i);
            unitLengths[i] = group.members.size() > 1 ? placeBlock(group, items, inner) : inner[group.members.get(0)];
        }
        Timeline timeline = Timeline.of(placed.items(), placed.byEnd(), unitLengths, start, end);
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

    private Units units(int holder, List<Step.Item> items, double[] inner) {
        Units known = precedent == null || precedent.replay.units == null || !precedent.sameOrder
                ? null
                : precedent.replay.units[holder];
        if (known == null) {
            List<Group> groups = Group.of(items, inner, effects);
            List<Step.Item> whole = new ArrayList<>(groups.size());
            groups.forEach(group -> whole.add(group.unit(items)));
            known = new Units(groups, whole, Timeline.byEnd(whole));
        }
        if (units != null) {
            units[holder] = known;
        }
        return known;
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
    private double rescued() {
        double chance = 1;
        boolean blamed = false;
        for (Step step : trace.steps) {
            if (step.failedItself()) {
                blamed = true;
                chance *= spared(step);
            }
        }
        return blamed ? chance : 0;
    }

    private @Nullable Step firstCut() {
        Step first = null;
        if (!effects.hasCuts()) {
            return null;
        }
        double firstEnd = Double.POSITIVE_INFINITY;
        for (Step step : trace.steps) {
            if (isCut(step)) {
                double end = absoluteStart(step) + lengths[step.index];
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

    private double absoluteStart(Step step) {
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

package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the steps of a replayed run lie in time, by the rules of {@link Timeline} and {@link BlockReplay}. */
final class Placing {
    private final CandidateEffects effects;
    private final ReplaySettings settings;

    /** Of each step, since the start of what holds it. */
    private final double[] offsets;

    /** By the step that holds the items, those of the trace behind all others; null where nobody will ask. */
    private final @Nullable Units @Nullable [] units;

    /** Of the same trace with the nodes in the same order; null where there is none. */
    private final @Nullable Placing known;

    /** Of members of blocks that run at once, at most. */
    private double memoryBytes;

    /** Items in the groups in which they are placed, each as one item of the timeline. */
    private record Units(List<Group> groups, Timeline timeline) {}

    /**
     * @param keeping whether others will take over from this
     */
    Placing(
            ReplayTrace trace,
            CandidateEffects effects,
            ReplaySettings settings,
            boolean keeping,
            @Nullable Placing known) {
        this.effects = effects;
        this.settings = settings;
        this.offsets = new double[trace.steps.size()];
        this.units = keeping ? new @Nullable Units[offsets.length + 1] : null;
        this.known = known;
    }

    /**
     * Sets the offsets of the steps among the items, and gives the time from the start to the end of it all.
     *
     * @param holder index of the step that holds the items; the number of all steps for the trace
     * @param lengths of the items in seconds, or {@link Timeline#GONE}
     */
    double place(int holder, List<Step.Item> items, double[] lengths, double start, double end) {
        Units placed = units(holder, items, lengths, start, end);
        List<Group> groups = placed.groups();
        double[] unitLengths = new double[groups.size()];
        for (int i = 0; i < unitLengths.length; i++) {
            Group group = groups.get(i);
            unitLengths[i] =
                    group.members.size() > 1 ? placeBlock(group, items, lengths) : lengths[group.members.get(0)];
        }
        double[] starts = new double[unitLengths.length];
        double length = placed.timeline().place(unitLengths, starts);
        for (int i = 0; i < unitLengths.length; i++) {
            List<Integer> members = groups.get(i).members;
            for (int j = 0; j < members.size(); j++) {
                Step step = items.get(members.get(j)).step();
                if (step != null) {
                    // a block has set where its members are in it
                    double inside = members.size() > 1 ? offsets[step.index] : 0;
                    offsets[step.index] = inside + starts[i];
                }
            }
        }
        return length;
    }

    private Units units(int holder, List<Step.Item> items, double[] lengths, double start, double end) {
        Units found = known == null || known.units == null ? null : known.units[holder];
        if (found == null) {
            List<Group> groups = Group.of(items, lengths, effects);
            List<Step.Item> whole = new ArrayList<>(groups.size());
            groups.forEach(group -> whole.add(group.unit(items)));
            found = new Units(groups, new Timeline(whole, start, end));
        }
        if (units != null) {
            units[holder] = found;
        } else if (known != null && known.units != null && callsOnly(items)) {
            // calls lie the same way under all candidates
            known.units[holder] = found;
        }
        return found;
    }

    private static boolean callsOnly(List<Step.Item> items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).step() != null) {
                return false;
            }
        }
        return true;
    }

    private double placeBlock(Group group, List<Step.Item> items, double[] lengths) {
        List<Step> members = group.steps(items);
        double[] memberLengths = new double[members.size()];
        double memory = 0;
        for (int i = 0; i < memberLengths.length; i++) {
            memberLengths[i] = lengths[group.members.get(i)];
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

    /** Starts from where the steps were in another replay of the same trace. */
    void takeOver(Placing other) {
        System.arraycopy(other.offsets, 0, offsets, 0, offsets.length);
    }

    /** Puts a step at a time since the start of what holds it. */
    void at(Step step, double offset) {
        offsets[step.index] = offset;
    }

    /** Stretches or shrinks the time before a step. */
    void scale(Step step, double ratio) {
        offsets[step.index] *= ratio;
    }

    /** Since the start of the run. */
    double start(Step step) {
        double start = 0;
        for (Step inside = step; inside != null; inside = inside.parent) {
            start += offsets[inside.index];
        }
        return start;
    }

    double memoryBytes() {
        return memoryBytes;
    }
}

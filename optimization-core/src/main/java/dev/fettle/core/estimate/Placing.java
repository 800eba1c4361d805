package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the steps of a replayed run lie in time, by the rules of {@link Timeline} and {@link BlockReplay}. */
final class Placing {
    private final CandidateEffects effects;
    private final ReplaySettings settings;

    /** Of each step, since the start of what holds it. */
    private final double[] offsets;

    /** By the step that holds the items, those of the trace behind all others; null where nobody will ask. */
    private final @Nullable PlacedUnits @Nullable [] units;

    /** Of the same trace; null where there is none. */
    private final @Nullable Placing known;

    /** Whether the nodes are in the same order there. */
    private final boolean sameOrder;

    /** Of members of blocks that run at once, at most. */
    private double memoryBytes;

    /** By holder as above, and unit: the blocks that were placed; null where nobody will ask. */
    private final @Nullable BlockReplay @Nullable [] @Nullable [] blocks;

    /**
     * @param keeping whether others will take over from this
     * @param known of the same trace; null where there is none
     * @param sameOrder whether the nodes are in the same order there
     */
    Placing(
            ReplayTrace trace,
            CandidateEffects effects,
            ReplaySettings settings,
            boolean keeping,
            @Nullable Placing known,
            boolean sameOrder) {
        this.effects = effects;
        this.settings = settings;
        this.offsets = new double[trace.steps.size()];
        this.units = keeping ? new @Nullable PlacedUnits[offsets.length + 1] : null;
        this.blocks = keeping ? new @Nullable BlockReplay @Nullable [offsets.length + 1][] : null;
        this.known = known;
        this.sameOrder = sameOrder;
    }

    /**
     * Sets the offsets of the steps among the items, and gives the time from the start to the end of it all.
     *
     * @param holder index of the step that holds the items; the number of all steps for the trace
     * @param lengths of the items in seconds, or {@link Timeline#GONE}
     */
    double place(int holder, List<Step.Item> items, double[] lengths, double start, double end) {
        PlacedUnits placed = units(holder, items, lengths, start, end);
        if (!placed.hasBlocks) {
            double[] unitLengths = placed.singles(lengths);
            double[] starts = new double[unitLengths.length];
            double length = placed.timeline.place(unitLengths, starts);
            if (placed.hasSteps) {
                putSingles(placed, starts);
            }
            return length;
        }
        @Nullable BlockReplay[] replays = blocks(holder, placed, lengths);
        double[] unitLengths = placed.lengths(lengths, replays);
        double[] starts = new double[unitLengths.length];
        double length = placed.timeline.place(unitLengths, starts);
        put(placed, starts, replays);
        return length;
    }

    private void putSingles(PlacedUnits placed, double[] starts) {
        for (int i = 0; i < starts.length; i++) {
            int step = placed.steps[i][0];
            if (step >= 0) {
                offsets[step] = starts[i];
            }
        }
    }

    private void put(PlacedUnits placed, double[] starts, @Nullable BlockReplay[] replays) {
        for (int i = 0; i < starts.length; i++) {
            int[] steps = placed.steps[i];
            BlockReplay block = replays[i];
            for (int j = 0; j < steps.length; j++) {
                if (steps[j] >= 0) {
                    offsets[steps[j]] = starts[i] + (block == null ? 0 : block.starts[j]);
                }
            }
        }
    }

    /** By unit: the block placed, or null where it is a single item. */
    private @Nullable BlockReplay[] blocks(int holder, PlacedUnits placed, double[] lengths) {
        @Nullable
        BlockReplay[] earlier = known == null || !sameOrder || known.blocks == null ? null : known.blocks[holder];
        @Nullable BlockReplay[] replays = new @Nullable BlockReplay[placed.members.length];
        for (int i = 0; i < replays.length; i++) {
            PlacedUnits.Block block = placed.blocks[i];
            if (block != null) {
                double[] own = block.lengths(lengths);
                BlockReplay same = earlier == null ? null : earlier[i];
                replays[i] =
                        same != null && Arrays.equals(same.lengths, own) ? same : block.replay(own, effects, settings);
                memoryBytes = Math.max(memoryBytes, block.memoryBytes(own));
            }
        }
        if (blocks != null) {
            blocks[holder] = replays;
        }
        return replays;
    }

    private PlacedUnits units(int holder, List<Step.Item> items, double[] lengths, double start, double end) {
        PlacedUnits found = known == null || known.units == null ? null : known.units[holder];
        if (found == null || (found.hasSteps && !sameOrder)) {
            found = new PlacedUnits(Group.of(items, lengths, effects), items, start, end);
        }
        if (units != null) {
            units[holder] = found;
        }
        if (known != null && known.units != null && !found.hasSteps) {
            // calls lie the same way under all candidates
            known.units[holder] = found;
        }
        return found;
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

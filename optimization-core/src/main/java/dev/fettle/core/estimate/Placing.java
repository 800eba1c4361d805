package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the steps of a replayed run lie in time, by the rules of {@link Timeline} and {@link BlockReplay}. */
final class Placing {
    private static final @Nullable BlockReplay[] NO_BLOCKS = {};

    private final CandidateEffects effects;
    private final ReplaySettings settings;

    /** Of each step, since the start of what holds it. */
    private final double[] offsets;

    /** By the step that holds the items, those of the trace behind all others; null where nobody will ask. */
    private final @Nullable PlacedUnits @Nullable [] units;

    /** Of the same trace with the nodes in the same order; null where there is none. */
    private final @Nullable Placing known;

    /** Of members of blocks that run at once, at most. */
    private double memoryBytes;

    /** By holder as above, and unit: the blocks that were placed; null where nobody will ask. */
    private final @Nullable BlockReplay @Nullable [] @Nullable [] blocks;

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
        this.units = keeping ? new @Nullable PlacedUnits[offsets.length + 1] : null;
        this.blocks = keeping ? new @Nullable BlockReplay @Nullable [offsets.length + 1][] : null;
        this.known = known;
    }

    /**
     * Sets the offsets of the steps among the items, and gives the time from the start to the end of it all.
     *
     * @param holder index of the step that holds the items; the number of all steps for the trace
     * @param lengths of the items in seconds, or {@link Timeline#GONE}
     */
    double place(int holder, List<Step.Item> items, double[] lengths, double start, double end) {
        PlacedUnits placed = units(holder, items, lengths, start, end);
        int n = placed.members.length;
        double[] unitLengths = new double[n];
        @Nullable BlockReplay[] replays = placed.hasBlocks ? blocks(holder, placed, lengths) : NO_BLOCKS;
        for (int i = 0; i < n; i++) {
            BlockReplay block = i < replays.length ? replays[i] : null;
            unitLengths[i] = block == null ? lengths[placed.members[i][0]] : block.length;
        }
        double[] starts = new double[n];
        double length = placed.timeline.place(unitLengths, starts);
        for (int i = 0; placed.hasSteps && i < n; i++) {
            int[] steps = placed.steps[i];
            BlockReplay block = i < replays.length ? replays[i] : null;
            for (int j = 0; j < steps.length; j++) {
                if (steps[j] >= 0) {
                    offsets[steps[j]] = starts[i] + (block == null ? 0 : block.starts[j]);
                }
            }
        }
        return length;
    }

    /** By unit: the block placed, or null where it is a single item. */
    private @Nullable BlockReplay[] blocks(int holder, PlacedUnits placed, double[] lengths) {
        @Nullable BlockReplay[] earlier = known == null || known.blocks == null ? null : known.blocks[holder];
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
        if (found == null) {
            found = new PlacedUnits(Group.of(items, lengths, effects), items, start, end);
        }
        if (units != null) {
            units[holder] = found;
        } else if (known != null && known.units != null && !found.hasSteps) {
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

package dev.fettle.core.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items of one level in the groups in which they are placed, each group as one item of the timeline. Immutable. */
final class PlacedUnits {
    /** By unit: positions of its members among the items. */
    final int[][] members;

    /** By unit and member: the index of its step; -1 for a call. */
    final int[][] steps;

    /** By unit: what is known of it as a block; null where it is a single item. */
    final @Nullable Block[] blocks;

    final Timeline timeline;

    /** Whether some unit is a block. */
    final boolean hasBlocks;

    /** Whether some item is a step. */
    final boolean hasSteps;

    /**
     * @param groups by start, then end
     * @param start and {@code end}: recorded, of what holds the items
     */
    PlacedUnits(List<Group> groups, List<Step.Item> items, double start, double end) {
        int n = groups.size();
        members = new int[n][];
        steps = new int[n][];
        blocks = new @Nullable Block[n];
        Step.Item[] whole = new Step.Item[n];
        boolean anyBlock = false;
        boolean anyStep = false;
        for (int i = 0; i < n; i++) {
            Group group = groups.get(i);
            int size = group.members.size();
            whole[i] = group.unit(items);
            members[i] = new int[size];
            steps[i] = new int[size];
            for (int j = 0; j < size; j++) {
                members[i][j] = group.members.get(j);
                Step step = items.get(members[i][j]).step();
                steps[i][j] = step == null ? -1 : step.index;
                anyStep |= step != null;
            }
            if (size > 1) {
                blocks[i] = new Block(group, members[i], items, whole[i]);
                anyBlock = true;
            }
        }
        hasBlocks = anyBlock;
        hasSteps = anyStep;
        timeline = new Timeline(List.of(whole), start, end);
    }

    /** Of the units, where none is a block. */
    double[] singles(double[] ofItems) {
        double[] lengths = new double[members.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = ofItems[members[i][0]];
        }
        return lengths;
    }

    /**
     * Of the units.
     *
     * @param replays by unit: of the blocks
     */
    double[] lengths(double[] ofItems, @Nullable BlockReplay[] replays) {
        double[] lengths = new double[members.length];
        for (int i = 0; i < lengths.length; i++) {
            BlockReplay block = replays[i];
            lengths[i] = block == null ? ofItems[members[i][0]] : block.length;
        }
        return lengths;
    }

    /** Several steps that are placed by the rules of {@link BlockReplay}. */
    static final class Block {
        private final boolean recorded;
        private final int[] positions;
        private final List<Step> members;
        private final Step.Item whole;

        /** As {@link Group#delays} says it; of members that were recorded one after the other. */
        private final double[] delays;

        private Block(Group group, int[] positions, List<Step.Item> items, Step.Item whole) {
            this.recorded = group.recorded;
            this.positions = positions;
            this.members = group.steps(items);
            this.whole = whole;
            this.delays = recorded ? new double[0] : group.delays(items);
        }

        /** Those of the members. */
        double[] lengths(double[] ofItems) {
            double[] lengths = new double[positions.length];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = ofItems[positions[i]];
            }
            return lengths;
        }

        BlockReplay replay(double[] lengths, CandidateEffects effects, ReplaySettings settings) {
            int[][] needs = BlockReplay.needs(members, effects, recorded);
            return recorded
                    ? BlockReplay.recorded(members, lengths, needs, whole.start(), whole.end())
                    : BlockReplay.formed(members, lengths, delays, needs, settings);
        }

        /** Of the members that run. */
        double memoryBytes(double[] lengths) {
            double memory = 0;
            for (int i = 0; i < lengths.length; i++) {
                Long bytes = members.get(i).occurrence.memoryBytes();
                memory += lengths[i] < 0 || bytes == null ? 0 : (double) bytes;
            }
            return memory;
        }
    }
}

package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.List;

/**
 * Places the members of a dataflow block: each starts when those that it needs have ended.
 *
 * <p>Members that were recorded in a block keep their recorded delays, contention for processors included. For members
 * that were recorded one after the other the contention is computed.
 */
final class BlockReplay {
    /** Of the members, with which they were placed. */
    final double[] lengths;

    final double[] starts;
    final double[] ends;
    final double length;

    private BlockReplay(double[] lengths, double[] starts, double[] ends, double length) {
        this.lengths = lengths;
        this.starts = starts;
        this.ends = ends;
        this.length = length;
    }

    /**
     * @param members in the order of the block
     * @param lengths seconds of each, or {@link Timeline#GONE}
     * @param needs of each, as positions of earlier members
     * @param start and {@code end}: recorded, of the block
     */
    static BlockReplay recorded(List<Step> members, double[] lengths, int[][] needs, double start, double end) {
        int n = members.size();
        double[] starts = new double[n];
        double[] ends = new double[n];
        double lastRecorded = start;
        double last = 0;
        for (int i = 0; i < n; i++) {
            double recordedBasis = start;
            double basis = 0;
            for (int need : needs[i]) {
                recordedBasis = Math.max(recordedBasis, members.get(need).end);
                basis = Math.max(basis, ends[need]);
            }
            boolean gone = lengths[i] < 0;
            starts[i] = gone ? basis : basis + (members.get(i).start - recordedBasis);
            ends[i] = gone ? basis : starts[i] + lengths[i];
            lastRecorded = Math.max(lastRecorded, members.get(i).end);
            last = Math.max(last, ends[i]);
        }
        return new BlockReplay(lengths, starts, ends, Math.max(0, last + (end - lastRecorded)));
    }

    /**
     * Members that were recorded one after the other.
     *
     * @param delays of each: recorded between the end of what came before and its start
     */
    static BlockReplay formed(
            List<Step> members, double[] lengths, double[] delays, int[][] needs, ReplaySettings settings) {
        int n = members.size();
        double[] seconds = new double[n];
        for (int i = 0; i < n; i++) {
            seconds[i] = Math.max(0, lengths[i]);
        }
        Demands demands = Demands.of(members).of(seconds);
        SharedProcessors.Times times = SharedProcessors.run(delays, seconds, demands, needs, settings);
        return new BlockReplay(lengths, times.starts(), times.ends(), times.last());
    }

    /**
     * Positions of the members that each needs. Needs that are not among the members are met. What was recorded at once in
     * a block stays so: then a member does not need what had not ended when it started.
     *
     * @param members in recorded order
     * @param recorded whether they were recorded in a block
     */
    static int[][] needs(List<Step> members, CandidateEffects effects, boolean recorded) {
        int[][] needs = new int[members.size()][];
        for (int i = 0; i < needs.length; i++) {
            Step member = members.get(i);
            Membership membership = effects.block(member.node());
            int[] own = new int[i];
            int count = 0;
            for (int j = 0; j < i; j++) {
                Step earlier = members.get(j);
                boolean needed = membership == null || membership.needs().contains(earlier.node());
                if (needed && (!recorded || earlier.end <= member.start)) {
                    own[count++] = j;
                }
            }
            needs[i] = Arrays.copyOf(own, count);
        }
        return needs;
    }
}

package dev.fettle.core.estimate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Runs members of a block at once on a machine with few workers and processors. A member that may start takes a free worker
 * or queues for one, first come first served. Where processors slow each other, the
 * computing of each member is slowed by its own measure for the part of the time in which another computes. Processors are
 * shared as a fluid: while the running members ask for more processor time than there is, all computing is slowed alike.
 * Waiting (for a model, a tool, a disk) is not slowed.
 */
final class SharedProcessors {
    private static final int MOST_ITERATIONS = 50;
    private static final double ROUNDING = 1e-12;

    private final double processors;
    private final double workers;
    private final double[] remaining;
    private final Demands demands;

    /** Of the computing of each running member, because of what computes beside it. */
    private final double[] disturbed;

    private final double[] rates;
    private int ending = -1;

    private SharedProcessors(ReplaySettings settings, double[] seconds, Demands demands) {
        this.processors = settings.processors();
        this.workers = settings.workers();
        this.remaining = seconds.clone();
        this.demands = demands;
        this.disturbed = new double[seconds.length];
        this.rates = new double[seconds.length];
    }

    /** When each member starts and ends, since the start of the block. */
    record Times(double[] starts, double[] ends) {
        double last() {
            double last = 0;
            for (double end : ends) {
                last = Math.max(last, end);
            }
            return last;
        }
    }

    /**
     * @param delays of each member between the moment at which it gets a worker and its start
     * @param seconds of each member when alone
     * @param needs earlier members that must have ended
     */
    static Times run(double[] delays, double[] seconds, Demands demands, int[][] needs, ReplaySettings settings) {
        if (demands.compete(settings)) {
            return new SharedProcessors(settings, seconds, demands).run(delays, needs);
        }
        return seconds.length <= settings.workers()
                ? unshared(delays, seconds, needs)
                : queued(delays, seconds, needs, settings.workers());
    }

    /** Where processors are enough and workers may not be. */
    private static Times queued(double[] delays, double[] seconds, int[][] needs, double workers) {
        int n = seconds.length;
        double[] starts = new double[n];
        double[] ends = new double[n];
        boolean[] ended = new boolean[n];
        // the members in the order of their turns: those before {@code started} have a worker, or had one; those behind
        // {@code queued} need others first
        int[] turns = new int[n];
        for (int i = 0; i < n; i++) {
            turns[i] = i;
        }
        int queued = 0;
        int started = 0;
        int done = 0;
        double now = 0;
        while (true) {
            queued = enqueue(turns, queued, needs, ended);
            for (; started - done < workers && started < queued; started++) {
                int next = turns[started];
                starts[next] = now + delays[next];
                ends[next] = starts[next] + seconds[next];
            }
            if (started == n) {
                return new Times(starts, ends);
            }
            now = Double.POSITIVE_INFINITY;
            for (int i = done; i < started; i++) {
                now = Math.min(now, ends[turns[i]]);
            }
            // those that end go before those that run
            for (int i = done; i < started; i++) {
                int member = turns[i];
                if (ends[member] <= now + ROUNDING) {
                    ended[member] = true;
                    turns[i] = turns[done];
                    turns[done++] = member;
                }
            }
        }
    }

    /** Moves members whose turn may come behind the queue, in their order; those that may not keep theirs. */
    private static int enqueue(int[] turns, int queued, int[][] needs, boolean[] ended) {
        int queue = queued;
        for (int i = queued; i < turns.length; i++) {
            int member = turns[i];
            if (allEnded(needs[member], ended)) {
                for (int j = i; j > queue; j--) {
                    turns[j] = turns[j - 1];
                }
                turns[queue++] = member;
            }
        }
        return queue;
    }

    private static Times unshared(double[] delays, double[] seconds, int[][] needs) {
        double[] starts = new double[seconds.length];
        double[] ends = new double[seconds.length];
        for (int i = 0; i < ends.length; i++) {
            for (int need : needs[i]) {
                starts[i] = Math.max(starts[i], ends[need]);
            }
            starts[i] += delays[i];
            ends[i] = starts[i] + seconds[i];
        }
        return new Times(starts, ends);
    }

    private Times run(double[] delays, int[][] needs) {
        int n = remaining.length;
        double[] ends = new double[n];
        double[] starts = new double[n];
        boolean[] ended = new boolean[n];
        boolean[] queued = new boolean[n];
        Arrays.fill(starts, Double.NaN);
        Deque<Integer> queue = new ArrayDeque<>();
        double now = 0;
        int busy = 0;
        for (int left = n; left > 0; ) {
            for (int i = 0; i < n; i++) {
                if (!queued[i] && allEnded(needs[i], ended)) {
                    queued[i] = true;
                    queue.add(i);
                }
            }
            while (busy < workers && !queue.isEmpty()) {
                int next = queue.remove();
                starts[next] = now + delays[next];
                busy++;
            }
            double next = nextEvent(now, starts, ended);
            for (int i = 0; i < n; i++) {
                if (starts[i] <= now && !ended[i]) {
                    remaining[i] -= rates[i] * (next - now);
                    // an end that rounding puts a hair behind the event is at the event
                    if (i == ending || remaining[i] <= ROUNDING) {
                        ended[i] = true;
                        ends[i] = next;
                        left--;
                        busy--;
                    }
                }
            }
            now = next;
        }
        return new Times(starts, ends);
    }

    private static boolean allEnded(int[] needs, boolean[] ended) {
        for (int need : needs) {
            if (!ended[need]) {
                return false;
            }
        }
        return true;
    }

    /** When the next member starts or ends; sets the rates at which members run until then, and which one ends. */
    private double nextEvent(double now, double[] starts, boolean[] ended) {
        disturb(now, starts, ended);
        double slowdown = slowdown(now, starts, ended);
        double next = Double.POSITIVE_INFINITY;
        ending = -1;
        for (int i = 0; i < starts.length; i++) {
            if (ended[i] || Double.isNaN(starts[i])) {
                continue;
            }
            boolean running = starts[i] <= now;
            if (running) {
                rates[i] = rate(i, slowdown);
            }
            double event = running ? now + remaining[i] / rates[i] : starts[i];
            if (event < next) {
                next = event;
                ending = running ? i : -1;
            }
        }
        return next;
    }

    /** Where several processors work for a member, all of its time is computing. */
    private double rate(int member, double slowdown) {
        double computing = Math.min(1, demands.shares()[member]);
        return 1 / (1 - computing + computing * disturbed[member] * slowdown);
    }

    /** By how much the computing of each running member is slowed by what computes at the same moment. */
    private void disturb(double now, double[] starts, boolean[] ended) {
        double running = 0;
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] <= now && !ended[i]) {
                running += demands.shares()[i];
            }
        }
        for (int i = 0; i < starts.length; i++) {
            double others = Math.max(0, running - demands.shares()[i]);
            disturbed[i] = 1 + (demands.slowdowns()[i] - 1) * Math.min(1, others);
        }
    }

    /**
     * By how much computing is stretched so that the running members use no more than all processors: Newton's method, which
     * comes up to the root from below, as the use falls ever slower.
     */
    private double slowdown(double now, double[] starts, boolean[] ended) {
        double slowdown = 1;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double use = 0;
            double slope = 0;
            for (int i = 0; i < starts.length; i++) {
                if (starts[i] <= now && !ended[i]) {
                    double share = demands.shares()[i];
                    double rate = rate(i, slowdown);
                    double used = share * disturbed[i] * rate;
                    use += used;
                    slope += used * Math.min(1, share) * disturbed[i] * rate;
                }
            }
            double step = use <= processors ? 0 : (use - processors) / slope;
            if (step <= ROUNDING * slowdown) {
                return slowdown + step;
            }
            slowdown += step;
        }
        return slowdown;
    }
}

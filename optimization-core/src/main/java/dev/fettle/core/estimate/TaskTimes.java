package dev.fettle.core.estimate;

/**
 * Lengths of the tasks of one graph, and from them heads and tails: the earliest end of each task, and the time from its
 * start to the end of the run. With both, the effect of a single change of length on the makespan is known without walking
 * the graph, as in the local search for job shops (E. Taillard, ORSA Journal on Computing 6, 1994): a path through the task
 * is head + length + tail, and a path that does not go through it takes an edge that leads past it.
 *
 * <p>Times are counted in whole units, a tiny part of the run each: sums of them are exact, so that a change taken back
 * leaves nothing behind.
 */
final class TaskTimes {
    /** How finely a whole run is divided: far below what a score shows, with room for runs that get longer. */
    private static final int PRECISION = 40;

    /** A thousand times the whole run: thousands of tasks of this length have a sum. */
    private static final long LONGEST = 1L << (PRECISION + 10);

    private final TaskGraph graph;
    private final TaskOrder order;
    private final int last;
    private final double unit;

    /** Paths that end with a task, its delay included. */
    private final LongestPaths heads;

    /** The same for the graph turned round, whose task {@code last - i} is task i. */
    private final LongestPaths tails;

    private final long[] lengths;
    private final long[] delays;

    /** Longest path past each task, as long as {@code pastVersions} has the current version. */
    private final long[] past;

    private final int[] pastVersions;
    private int version = 1;
    private long makespan;

    /**
     * @param unit in seconds, as {@link #unit} gives it
     */
    TaskTimes(TaskGraph graph, double unit) {
        this.graph = graph;
        this.order = graph.order;
        this.last = graph.size() - 1;
        this.unit = unit;
        this.heads = new LongestPaths(order.before);
        this.tails = new LongestPaths(order.behind);
        this.delays = units(graph.delays);
        this.lengths = units(graph.constants);
        this.past = new long[graph.size()];
        this.pastVersions = new int[graph.size()];
    }

    /** The unit for runs of about this many seconds: a power of two, so that whole seconds are whole units. */
    static double unit(double seconds) {
        return Math.scalb(1.0, Math.getExponent(seconds > 0 ? seconds : 1) + 1 - PRECISION);
    }

    long units(double seconds) {
        return units(seconds, unit);
    }

    private long[] units(double[] seconds) {
        long[] counted = new long[seconds.length];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = units(seconds[i], unit);
        }
        return counted;
    }

    /** A length in units. Lengths beyond any use are cut so that sums have room. */
    static long units(double seconds, double unit) {
        return Math.min(LONGEST, Math.round(seconds / unit));
    }

    TaskGraph graph() {
        return graph;
    }

    double seconds(long units) {
        return units * unit;
    }

    long makespan() {
        return makespan;
    }

    /** Sets a length without looking at the rest; {@link #refresh} must follow. */
    void put(int task, long length) {
        lengths[task] = length;
    }

    /** In seconds. */
    double length(int task) {
        return lengths[task] * unit;
    }

    /** Computes everything from the lengths. */
    void refresh() {
        long[] forward = new long[last + 1];
        long[] backward = new long[last + 1];
        for (int task = 0; task <= last; task++) {
            forward[task] = delays[task] + lengths[task];
            backward[last - task] = forward[task];
        }
        heads.fill(forward);
        tails.fill(backward);
        makespan = Math.max(0, heads.toLast());
        version++;
    }

    /** The longest path through a task. */
    long through(int task) {
        return heads.to(task) + tails.to(last - task) - heads.length(task);
    }

    /** The makespan if this one task took so much longer, or shorter where negative. Exact. */
    long makespanWith(int task, long longer) {
        long through = through(task);
        if (longer >= 0 || through < makespan) {
            return Math.max(makespan, through + longer);
        }
        return order.knowsPassing
                ? Math.max(through + longer, longestPast(task))
                : makespanWith(new int[] {task}, new long[] {lengths[task] + longer}, 1);
    }

    /** By how many seconds a task may grow before the run does. */
    double slack(int task) {
        return seconds(Math.max(0, makespan - through(task)));
    }

    private long longestPast(int task) {
        if (pastVersions[task] == version) {
            return past[task];
        }
        long longestPath = 0;
        for (int i = order.passingStarts[task]; i < order.passingStarts[task + 1]; i++) {
            long path = heads.to(order.passingFrom[i]) + tails.to(last - order.passingTo[i]);
            longestPath = Math.max(longestPath, path);
        }
        past[task] = longestPath;
        pastVersions[task] = version;
        return longestPath;
    }

    /** The makespan if this one task took so long. */
    long makespanOf(int task, long length) {
        return makespanWith(task, length - lengths[task]);
    }

    /** Changes one length. */
    void set(int task, long length) {
        if (lengths[task] != length) {
            makespan = makespanWith(task, length - lengths[task]);
            change(task, length);
            version++;
        }
    }

    /** Changes one of several lengths; {@link #settle} must follow. */
    void change(int task, long length) {
        lengths[task] = length;
        heads.set(task, delays[task] + length);
        tails.set(last - task, delays[task] + length);
    }

    /** Computes the makespan from changed lengths. */
    void settle() {
        makespan = Math.max(0, heads.toLast());
        version++;
    }

    /** The makespan with some lengths changed, by carrying the changes on and taking them back. */
    long makespanWith(int[] tasks, long[] changed, int count) {
        for (int i = 0; i < count; i++) {
            heads.set(tasks[i], delays[tasks[i]] + changed[i]);
        }
        long result = Math.max(0, heads.toLast());
        for (int i = 0; i < count; i++) {
            heads.set(tasks[i], delays[tasks[i]] + lengths[tasks[i]]);
        }
        heads.toLast();
        return result;
    }
}

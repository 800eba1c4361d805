package dev.fettle.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/** How the best score of one search fell. For one search; improvements may come from any thread. */
public final class Course {
    private final List<Improvement> improvements = new ArrayList<>();
    private long started = System.nanoTime();
    private double best = Double.POSITIVE_INFINITY;

    /** A new best score, when it was found. */
    record Improvement(double seconds, long evaluations, double score) {}

    /** Starts the clock: to be called when all is built. */
    public synchronized void start() {
        started = System.nanoTime();
    }

    /** Hears of a score; it counts if it is better than all before. */
    public synchronized void at(long evaluations, double score) {
        if (score < best) {
            best = score;
            improvements.add(new Improvement(seconds(), evaluations, score));
        }
    }

    synchronized double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** The best score after a time; positive infinity where there was none yet. */
    synchronized double after(double seconds) {
        double score = Double.POSITIVE_INFINITY;
        for (Improvement improvement : improvements) {
            score = improvement.seconds() <= seconds ? improvement.score() : score;
        }
        return score;
    }

    /** The best score after a number of evaluations; positive infinity where there was none yet. */
    synchronized double afterEvaluations(long evaluations) {
        double score = Double.POSITIVE_INFINITY;
        for (Improvement improvement : improvements) {
            score = improvement.evaluations() <= evaluations ? improvement.score() : score;
        }
        return score;
    }
}

package dev.fettle.core.plan;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** What surrounds one search: its budget, clock, randomness and listener. For one search. */
public final class SearchSession implements SearchContext {
    private static final String GENERATOR = "L64X128MixRandom";

    /** Longer times do not fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Budget budget;
    private final SplittableGenerator random;
    private final Record settings;
    private final LongSupplier nanoTime;
    private final long started;
    private final long limitNanos;
    private Progress progress = (evaluations, best) -> {};
    private @Nullable String resumeFrom;

    /** Hears how a search goes on. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param evaluations made so far
         * @param best score so far
         */
        void report(long evaluations, double best);
    }

    /**
     * A session whose time starts now.
     *
     * @param settings of the algorithm
     * @param nanoTime a clock that never goes back, in nanoseconds
     */
    public SearchSession(Budget budget, long seed, Record settings, LongSupplier nanoTime) {
        this.budget = budget;
        this.random = (SplittableGenerator) RandomGeneratorFactory.of(GENERATOR).create(seed);
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.limitNanos = (budget.maxTime().compareTo(LONGEST) < 0 ? budget.maxTime() : LONGEST).toNanos();
    }

    public SearchSession reporting(Progress listener) {
        progress = listener;
        return this;
    }

    /** Goes on from the state of an earlier search. */
    public SearchSession resuming(String state) {
        resumeFrom = state;
        return this;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public SplittableGenerator random() {
        return random;
    }

    @Override
    public boolean mayContinue(long evaluations, double best) {
        progress.report(evaluations, best);
        return evaluations < budget.maxEvaluations() && nanoTime.getAsLong() - started < limitNanos;
    }

    @Override
    public double timeUsed() {
        return Math.min(1, (double) (nanoTime.getAsLong() - started) / limitNanos);
    }

    @Override
    public Optional<String> resumeFrom() {
        return Optional.ofNullable(resumeFrom);
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }
}

package dev.fettle.benchmarks.function;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchContext;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator.SplittableGenerator;

/** A search that only its number of evaluations ends. */
final class CountedContext implements SearchContext {
    private final Record settings;
    private final SplittableRandom random;
    private final long evaluations;

    CountedContext(Record settings, long seed, long evaluations) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.evaluations = evaluations;
    }

    @Override
    public Budget budget() {
        return new Budget(evaluations, Duration.ofDays(1), 0);
    }

    @Override
    public SplittableGenerator random() {
        return random;
    }

    @Override
    public boolean mayContinue(long made, double best) {
        return made < evaluations;
    }

    @Override
    public Optional<String> resumeFrom() {
        return Optional.empty();
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }
}

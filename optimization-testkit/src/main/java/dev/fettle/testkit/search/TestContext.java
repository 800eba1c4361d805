package dev.fettle.testkit.search;

import dev.fettle.api.Evolving;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/** A search context limited by evaluations, without a clock. */
@Evolving
public final class TestContext implements SearchContext {
    private final Record settings;
    private final SplittableRandom random;
    private final long evaluations;
    private final long stopAfter;
    private final @Nullable String state;
    private final List<Double> progress = new ArrayList<>();

    private TestContext(Record settings, long seed, long evaluations, long stopAfter, @Nullable String state) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.evaluations = evaluations;
        this.stopAfter = stopAfter;
        this.state = state;
    }

    public static TestContext of(Record settings, long seed, long evaluations) {
        return new TestContext(settings, seed, evaluations, Long.MAX_VALUE, null);
    }

    /** The same search from a saved state. */
    public TestContext from(String savedState) {
        return new TestContext(settings, random.split().nextLong(), evaluations, stopAfter, savedState);
    }

    /** The same search, which somebody asks to stop after some evaluations. */
    public TestContext stoppedAfter(long asked) {
        return new TestContext(settings, random.split().nextLong(), evaluations, asked, state);
    }

    /** The best score at each progress report. */
    public List<Double> progress() {
        return List.copyOf(progress);
    }

    @Override
    public Budget budget() {
        return new Budget(evaluations, Duration.ofHours(1), 0);
    }

    @Override
    public SplittableGenerator random() {
        return random;
    }

    @Override
    public boolean mayContinue(long made, double best) {
        progress.add(best);
        return made < evaluations && made < stopAfter;
    }

    @Override
    public Optional<String> resumeFrom() {
        return Optional.ofNullable(state);
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }
}

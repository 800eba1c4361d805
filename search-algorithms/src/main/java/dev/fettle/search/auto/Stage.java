package dev.fettle.search.auto;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchContext;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/** A part of a search, with its part of the budget. */
final class Stage implements SearchContext {
    private final SearchContext whole;
    private final Record settings;
    private final long before;
    private final long evaluations;
    private final double bestBefore;
    private final double from;
    private final double to;
    private final @Nullable String state;

    /**
     * @param before evaluations made before this stage
     * @param evaluations that this stage may make
     * @param to share of the time limit that has passed when this stage must end
     */
    Stage(
            SearchContext whole,
            Record settings,
            long before,
            long evaluations,
            double bestBefore,
            double to,
            @Nullable String state) {
        this.whole = whole;
        this.settings = settings;
        this.before = before;
        this.evaluations = evaluations;
        this.bestBefore = bestBefore;
        this.from = whole.timeUsed();
        this.to = to;
        this.state = state;
    }

    @Override
    public Budget budget() {
        return new Budget(evaluations, whole.budget().maxTime(), whole.budget().maxUsd());
    }

    @Override
    public SplittableGenerator random() {
        return whole.random();
    }

    @Override
    public boolean mayContinue(long made, double best) {
        return made < evaluations
                && whole.timeUsed() <= to
                && whole.mayContinue(before + made, Math.min(best, bestBefore));
    }

    @Override
    public double timeUsed() {
        return to <= from ? 1 : Math.max(0, Math.min(1, (whole.timeUsed() - from) / (to - from)));
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

package dev.fettle.core.suggest;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.concurrent.SideBySide;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks strategies, several at the same time. */
public final class StrategySuite {
    private final List<OptimizationStrategy> strategies;
    private final Map<String, Record> settings;
    private final int threads;

    /**
     * With a thread for each processor.
     *
     * @param strategies in any order
     * @param settings bound settings by the strategy's name; a strategy without an entry uses its defaults
     */
    public StrategySuite(
            Collection<? extends OptimizationStrategy> strategies, Map<String, ? extends Record> settings) {
        this(strategies, settings, SideBySide.processors());
    }

    /** @param threads that ask, at most */
    public StrategySuite(
            Collection<? extends OptimizationStrategy> strategies,
            Map<String, ? extends Record> settings,
            int threads) {
        this.strategies = strategies.stream()
                .map(OptimizationStrategy.class::cast)
                .sorted(Comparator.comparing(OptimizationStrategy::name))
                .toList();
        this.settings = Map.copyOf(settings);
        this.threads = threads;
    }

    /**
     * The answers of all strategies, in the order of their names; the same with any number of threads. Where tools can be
     * tried, one strategy is asked after another: a trial measures times, and what runs beside it would be measured too.
     *
     * @throws FettleException where a strategy fails
     */
    public List<StrategyAnswer> ask(
            Workflow workflow,
            PerformanceProfile profile,
            List<Bottleneck> bottlenecks,
            ModelCatalogue models,
            ToolTrials trials) {
        List<Supplier<StrategyAnswer>> tasks = strategies.stream()
                .<Supplier<StrategyAnswer>>map(strategy -> () -> {
                    long start = System.nanoTime();
                    List<Bottleneck> relevant =
                            bottlenecks.stream().filter(strategy::appliesTo).toList();
                    Record bound = settings.getOrDefault(strategy.name(), strategy.defaultSettings());
                    List<Suggestion> made = relevant.isEmpty()
                            ? List.of()
                            : ask(strategy, new StrategyContext(workflow, profile, relevant, models, trials, bound));
                    return new StrategyAnswer(strategy.name(), made, (System.nanoTime() - start) / 1e9);
                })
                .toList();
        return SideBySide.of(tasks, trials == ToolTrials.NONE ? threads : 1);
    }

    /**
     * What one strategy answers.
     *
     * @throws FettleException where it fails
     */
    public static List<Suggestion> ask(OptimizationStrategy strategy, StrategyContext context) {
        try {
            return strategy.suggest(context);
        } catch (RuntimeException e) {
            throw new FettleException(
                    ErrorCode.PLUGIN,
                    "the strategy (" + strategy.name() + ") failed: "
                            + e.getClass().getSimpleName() + " (" + e.getMessage()
                            + "); report it to its author, or remove its plugin",
                    e);
        }
    }
}

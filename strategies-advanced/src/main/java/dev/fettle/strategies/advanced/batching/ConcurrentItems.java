package dev.fettle.strategies.advanced.batching;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import java.util.List;

/**
 * Makes the calls for the items of a batch at the same time.
 *
 * <pre>
 *                                                       ┌─▶ check(a) ─┐
 *   check(a) ──▶ check(b) ──▶ check(c)      becomes     ├─▶ check(b) ─┤
 *                                                       └─▶ check(c) ─┘
 * </pre>
 *
 * Needs a tool without effects and recorded calls that the node asked for at once. The replay takes as long as the longest
 * of the calls. Risk: low.
 */
@AutoService(OptimizationStrategy.class)
public final class ConcurrentItems implements OptimizationStrategy {

    /**
     * @param minLength shortest sequence of calls worth it
     * @param maxSize most calls at the same time: what a provider allows
     * @param minRuns fewer runs with a sequence say nothing
     */
    public record Settings(int minLength, int maxSize, int minRuns) {
        public Settings {
            SettingCheck.atLeast("minLength", minLength, 2);
            SettingCheck.atLeast("maxSize", maxSize, 2);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String name() {
        return "concurrent-items";
    }

    @Override
    public String needs() {
        return "a tool without effects, and recorded calls of it that code asked for at once";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(2, 8, 3);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return Sequential.TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        return new Together(this, "process_concurrently", tool -> true, true, (node, tool) -> null)
                .suggest(context, settings.minLength(), settings.maxSize(), settings.minRuns());
    }
}

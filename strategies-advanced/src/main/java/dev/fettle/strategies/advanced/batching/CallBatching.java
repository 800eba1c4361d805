package dev.fettle.strategies.advanced.batching;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.ToolSpec;
import java.util.List;

/**
 * Sends independent calls of a tool in its batch form.
 *
 * <pre>
 *   embed(a) ──▶ embed(b) ──▶ embed(c)      becomes      embed([a, b, c])
 * </pre>
 *
 * Needs a tool without effects that declares a batch form, and recorded calls that were asked for at once, so that none
 * can depend on the result of the one before. What a batch takes is measured where batches were recorded; else it is assumed
 * to be half as long again as its longest call. Risk: low.
 */
@AutoService(OptimizationStrategy.class)
public final class CallBatching implements OptimizationStrategy {

    /**
     * @param minLength shortest sequence of calls worth a batch
     * @param maxSize most calls in a batch
     * @param minRuns fewer runs with a sequence say nothing
     * @param assumedFactor what a batch takes, relative to its longest call, where none was recorded; at least 1
     */
    public record Settings(int minLength, int maxSize, int minRuns, double assumedFactor) {
        public Settings {
            SettingCheck.atLeast("minLength", minLength, 2);
            SettingCheck.atLeast("maxSize", maxSize, 2);
            SettingCheck.atLeast("minRuns", minRuns, 1);
            SettingCheck.atLeast("assumedFactor", assumedFactor, 1);
        }
    }

    @Override
    public String name() {
        return "batch-calls";
    }

    @Override
    public String needs() {
        return "a tool without effects and with a batch form, and recorded calls of it that code asked for at once";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(3, 100, 3, 1.5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return Sequential.TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        return new Together(this, "create_batch", ToolSpec::batch, false, (node, tool) -> {
                    BatchTimes times = BatchTimes.of(context.profile(), tool.name(), settings.assumedFactor());
                    return new ExpectedOutcome(
                            node.id(),
                            tool.name(),
                            times.factor(),
                            Amount.UNCHANGED,
                            Amount.UNCHANGED,
                            times.source(),
                            times.basis());
                })
                .suggest(context, settings.minLength(), settings.maxSize(), settings.minRuns());
    }
}

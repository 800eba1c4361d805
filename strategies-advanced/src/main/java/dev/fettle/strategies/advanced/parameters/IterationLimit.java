package dev.fettle.strategies.advanced.parameters;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.AgentParameters;
import java.util.List;

/**
 * Ends an agent that goes round in circles: a limit on its calls of the model.
 *
 * <pre>
 *   search ⟲ 16 times ✗      becomes      search {maxIterations: 6} ⟲ 6 times ✗
 * </pre>
 *
 * Fires where no recorded success needed so much and failures used more. Risk: medium, since a success that needs more may
 * come; the margin is for it.
 */
@AutoService(OptimizationStrategy.class)
public final class IterationLimit implements OptimizationStrategy {
    @Override
    public String name() {
        return "limit-iterations";
    }

    @Override
    public String needs() {
        return "at least 20 successes of an agent, and failures that used more model calls than any of them";
    }

    @Override
    public LimitSettings defaultSettings() {
        return LimitSettings.DEFAULT;
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return SuccessLimit.concerns(bottleneck);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        return new SuccessLimit(
                        this,
                        AgentParameters.MAX_ITERATIONS,
                        "model calls",
                        occurrence -> occurrence.modelCalls().size(),
                        parameters -> parameters.maxIterations())
                .suggest(context);
    }
}

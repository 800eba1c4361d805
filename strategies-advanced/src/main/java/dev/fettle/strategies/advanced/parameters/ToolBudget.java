package dev.fettle.strategies.advanced.parameters;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.AgentParameters;
import java.util.List;

/**
 * Gives an agent a budget of tool calls. When it is spent the agent answers with what it knows.
 *
 * <pre>
 *   search ──▶ 40 calls ✗      becomes      search {toolBudget: 8} ──▶ 8 calls, answer
 * </pre>
 *
 * Fires where no recorded success needed so much and failures used more. Risk: medium, since a success that needs more may
 * come; the margin is for it.
 */
@AutoService(OptimizationStrategy.class)
public final class ToolBudget implements OptimizationStrategy {
    @Override
    public String name() {
        return "limit-tool-calls";
    }

    @Override
    public String needs() {
        return "at least 20 successes of an agent, and failures that used more tool calls than any of them";
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
                        AgentParameters.TOOL_BUDGET,
                        "tool calls",
                        occurrence -> occurrence.toolCalls().size(),
                        parameters ->
                                parameters.toolBudget().map(Integer::longValue).orElse(Long.MAX_VALUE))
                .suggest(context);
    }
}

package dev.fettle.strategies.advanced.parameters;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.AgentParameters;
import java.util.List;

/**
 * Ends an answer that runs away: a limit on its tokens.
 *
 * <pre>
 *   write ──▶ 8000 tokens ✗      becomes      write {maxTokens: 900} ──▶ 900 tokens
 * </pre>
 *
 * Fires where no recorded success needed so much and failures used more. Risk: medium, since a success that needs more may
 * come; the margin is for it.
 */
@AutoService(OptimizationStrategy.class)
public final class AnswerLimit implements OptimizationStrategy {
    @Override
    public String name() {
        return "limit-answer";
    }

    @Override
    public String needs() {
        return "at least 20 successes of an agent, and failures with longer answers than any of them";
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
                        AgentParameters.MAX_TOKENS,
                        "tokens of an answer",
                        AnswerLimit::longestAnswer,
                        parameters ->
                                parameters.maxTokens().map(Integer::longValue).orElse(Long.MAX_VALUE))
                .suggest(context);
    }

    private static long longestAnswer(NodeOccurrence occurrence) {
        return occurrence.modelCalls().stream()
                .mapToLong(call -> call.tokens().output())
                .max()
                .orElse(0);
    }
}

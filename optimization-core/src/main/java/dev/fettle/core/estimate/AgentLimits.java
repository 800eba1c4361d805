package dev.fettle.core.estimate;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import java.util.List;

/**
 * Limits of an agent that the record was not under; {@link Integer#MAX_VALUE} for none.
 *
 * @param modelCalls most calls of the model; the agent fails where it wants more
 * @param toolCalls most tool calls; the agent goes on without more
 * @param outputTokens most tokens of an answer; what is longer is cut
 */
record AgentLimits(int modelCalls, int toolCalls, int outputTokens) {
    static final AgentLimits NONE = new AgentLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    static AgentLimits of(Node before, Node after) {
        if (before.parameters().equals(after.parameters())) {
            return NONE;
        }
        AgentParameters then = AgentParameters.of(before.parameters());
        AgentParameters now = AgentParameters.of(after.parameters());
        return new AgentLimits(
                stricter(then.maxIterations(), now.maxIterations()),
                stricter(
                        then.toolBudget().orElse(Integer.MAX_VALUE),
                        now.toolBudget().orElse(Integer.MAX_VALUE)),
                stricter(
                        then.maxTokens().orElse(Integer.MAX_VALUE),
                        now.maxTokens().orElse(Integer.MAX_VALUE)));
    }

    private static int stricter(int before, int after) {
        return after < before ? after : Integer.MAX_VALUE;
    }

    /** Whether there is none. */
    boolean none() {
        return Math.min(modelCalls, Math.min(toolCalls, outputTokens)) == Integer.MAX_VALUE;
    }

    /** Whether a recorded step would have wanted more calls of the model than it may make in all its attempts. */
    boolean exceededBy(Step step) {
        return modelCalls < Integer.MAX_VALUE && step.occurrence.modelCalls().size() > most(modelCalls, attempts(step));
    }

    private static int attempts(Step step) {
        return 1 + step.occurrence.retriedErrors().size();
    }

    private static long most(int limit, int attempts) {
        return (long) limit * attempts;
    }

    /** By item: whether it is a call that is not made. */
    boolean[] dropped(Step step) {
        List<Step.Item> items = step.items();
        boolean[] dropped = new boolean[items.size()];
        if (none()) {
            return dropped;
        }
        long models = most(modelCalls, attempts(step));
        long tools = most(toolCalls, attempts(step));
        for (int i = 0; i < dropped.length; i++) {
            Step.Item item = items.get(i);
            if (item.model() != null) {
                dropped[i] = models-- <= 0;
            } else if (item.tool() != null) {
                dropped[i] = models <= 0 || tools-- <= 0;
            }
        }
        return dropped;
    }

    /** The call with its answer cut; time and money in proportion to the tokens. */
    ModelCall cut(ModelCall call) {
        long output = call.tokens().output();
        if (output <= outputTokens) {
            return call;
        }
        double part = (double) outputTokens / output;
        Double recorded = call.recordedUsd();
        return new ModelCall(
                call.model(),
                call.start(),
                call.duration(),
                new TokenUsage(
                        call.tokens().input(), outputTokens, call.tokens().cachedInput()),
                call.status(),
                call.errorType(),
                recorded == null ? null : Double.valueOf(recorded * part),
                call.inputHash(),
                call.outputHash());
    }

    /** The part of the call's time that is left. */
    double timeLeft(ModelCall call) {
        long output = call.tokens().output();
        return output <= outputTokens ? 1 : (double) outputTokens / output;
    }
}

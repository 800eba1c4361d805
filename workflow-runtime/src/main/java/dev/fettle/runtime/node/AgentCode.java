package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.runtime.agent.AgentAnswer;
import dev.fettle.runtime.agent.AgentTask;
import dev.fettle.runtime.model.Prompts;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A language model with tools that answers a prompt; the answer's text is the value that the node writes. */
final class AgentCode implements NodeCode {
    private final NodeBody.Agent agent;
    private final boolean whole;

    private AgentCode(NodeBody.Agent agent, boolean whole) {
        this.agent = agent;
        this.whole = whole;
    }

    static AgentCode of(NodeBody.Agent agent) {
        return new AgentCode(agent, false);
    }

    /** Fails where the limit of the model's tokens ended its answer. */
    static AgentCode whole(NodeBody.Agent agent) {
        return new AgentCode(agent, true);
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        AgentTask task = AgentTask.of(
                Objects.requireNonNull(agent.model()),
                Prompts.fill(agent.prompt(), attempt.node().state(), attempt.state()),
                attempt.tools(attempt.node().tools().keySet()),
                AgentParameters.of(attempt.parameters()));
        AgentAnswer answer = attempt.agent().run(task);
        if (whole && answer.cut()) {
            throw new FettleException(
                    ErrorCode.LIMIT,
                    "the answer of the model (" + task.model() + ") was ended by maxTokens; expected a whole one");
        }
        return NodeCodes.single(attempt, answer.text());
    }
}

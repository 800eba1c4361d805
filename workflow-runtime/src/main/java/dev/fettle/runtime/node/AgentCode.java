package dev.fettle.runtime.node;

import dev.fettle.api.workflow.NodeBody;
import dev.fettle.runtime.model.ModelAnswer;
import dev.fettle.runtime.model.ModelCaller;
import dev.fettle.runtime.model.Prompts;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A language model that answers a prompt; the answer's text is the value that the node writes. */
final class AgentCode implements NodeCode {
    private final NodeBody.Agent agent;

    AgentCode(NodeBody.Agent agent) {
        this.agent = agent;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        String prompt = Prompts.fill(agent.prompt(), attempt.node().state(), attempt.state());
        ModelCaller caller = new ModelCaller(
                attempt.run().settings(), attempt.run().effects(), attempt.occurrence(), attempt.scope(), attempt.nodeId());
        ModelAnswer answer = caller.call(Objects.requireNonNull(agent.model()), prompt, attempt.parameters());
        return NodeCodes.single(attempt, answer.text());
    }
}

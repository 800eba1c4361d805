package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The code of each kind of node. */
final class NodeCodes {
    private NodeCodes() {}

    static NodeCode of(RunContext run, Node node) {
        NodeBody body = node.body();
        if (body instanceof NodeBody.Function function) {
            return runner(run, node, function.runner());
        }
        if (body instanceof NodeBody.Condition condition) {
            return condition.comparison() != null
                    ? new ComparisonCode(condition.comparison())
                    : runner(run, node, condition.runner());
        }
        if (body instanceof NodeBody.Command command) {
            return new CommandCode(command);
        }
        if (body instanceof NodeBody.Tool tool) {
            return attempt -> toolUpdates(attempt, tool);
        }
        if (body instanceof NodeBody.Agent agent) {
            Policies.Cascade cascade = node.policies().cascade();
            return cascade == null
                    ? AgentCode.of(agent)
                    : new CascadeCode(
                            cascade,
                            AgentCode.whole(new NodeBody.Agent(cascade.model(), agent.prompt())),
                            AgentCode.of(agent));
        }
        if (body instanceof NodeBody.Human human) {
            return new HumanCode(node, human);
        }
        if (body instanceof NodeBody.SubWorkflow) {
            return new SubWorkflowCode(node);
        }
        return new TeamCode((NodeBody.Team) body);
    }

    private static NodeCode runner(RunContext run, Node node, @Nullable String name) {
        NodeRunner runner = name == null ? null : run.runners().nodeRunner(name).orElse(null);
        if (runner == null) {
            throw new FettleException(
                    ErrorCode.PLUGIN, "there is no runner (" + name + ") for the node (" + node.id() + ")");
        }
        return attempt -> {
            Map<String, Object> updates = runner.run(attempt);
            if (updates == null) {
                throw new FettleException(
                        ErrorCode.PLUGIN,
                        "its runner (" + name + ") returned null; expected a map, maybe an empty one");
            }
            return new LinkedHashMap<>(updates);
        };
    }

    private static Map<String, @Nullable Object> toolUpdates(Attempt attempt, NodeBody.Tool tool) throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>();
        tool.arguments().forEach((argument, key) -> {
            if (attempt.state().containsKey(key)) {
                arguments.put(argument, attempt.state().get(key));
            }
        });
        return single(attempt, attempt.callTool(tool.tool(), arguments));
    }

    /** The one value that a node produces, under the one key that it writes; dropped where it writes none. */
    static Map<String, @Nullable Object> single(Attempt attempt, @Nullable Object value) {
        Map<String, @Nullable Object> updates = new LinkedHashMap<>();
        attempt.writes().stream().limit(1).forEach(key -> updates.put(key, value));
        return updates;
    }
}

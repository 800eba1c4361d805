package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of a workflow.
 *
 * @param id unique in the workflow, members of parallel nodes included
 * @param tools from the name by which the node calls a tool to the tool that answers; both are the same until a tool is
 *     substituted
 * @param copies further state keys that receive a value which the node writes: from the further key to the written key;
 *     both are among the node's writes
 * @param parameters settings for the runner or the model ({@code temperature}, {@code maxTokens}, ...): JSON values
 */
@Stable
public record Node(
        String id,
        NodeBody body,
        StateAccess state,
        Effects effects,
        Map<String, String> tools,
        Policies policies,
        Map<String, String> copies,
        Map<String, Object> parameters) {

    public Node {
        tools = Copies.map(tools);
        copies = Copies.map(copies);
        parameters = Copies.map(parameters);
    }

    public NodeKind kind() {
        return body.kind();
    }

    /** The model of an agent node; null for other nodes and where it is not known. */
    public @Nullable String model() {
        return body instanceof NodeBody.Agent agent ? agent.model() : null;
    }

    /** The members of a parallel node; empty for other nodes. */
    public List<Node> members() {
        return body instanceof NodeBody.Parallel parallel ? parallel.members() : List.of();
    }

    /** The tools that answer this node's calls, in order; not those of its members. */
    public Set<String> answeringTools() {
        Set<String> answering = new LinkedHashSet<>(tools.values());
        if (body instanceof NodeBody.Tool call) {
            answering.add(tools.getOrDefault(call.tool(), call.tool()));
        }
        if (body instanceof NodeBody.Team team) {
            team.members()
                    .forEach(member -> member.tools().forEach(tool -> answering.add(tools.getOrDefault(tool, tool))));
        }
        return answering;
    }

    public static Builder builder(String id, NodeBody body) {
        return new Builder(id, body);
    }

    public Builder toBuilder() {
        return new Builder(id, body)
                .state(state)
                .effects(effects)
                .tools(tools)
                .policies(policies)
                .copies(copies)
                .parameters(parameters);
    }

    /** Builds a node; what is not set is unknown or empty. */
    public static final class Builder {
        private String id;
        private NodeBody body;
        private StateAccess state = StateAccess.UNKNOWN;
        private Effects effects = Effects.UNKNOWN;
        private Map<String, String> tools = Map.of();
        private Policies policies = Policies.NONE;
        private Map<String, String> copies = Map.of();
        private Map<String, Object> parameters = Map.of();

        private Builder(String id, NodeBody body) {
            this.id = id;
            this.body = body;
        }

        public Builder id(String value) {
            id = value;
            return this;
        }

        public Builder body(NodeBody value) {
            body = value;
            return this;
        }

        public Builder state(StateAccess value) {
            state = value;
            return this;
        }

        /** Declares the state keys; for a node that reads nothing pass an empty list. */
        public Builder state(List<String> reads, List<String> writes) {
            return state(StateAccess.of(reads, writes));
        }

        public Builder effects(Effects value) {
            effects = value;
            return this;
        }

        public Builder tools(Map<String, String> value) {
            tools = value;
            return this;
        }

        public Builder policies(Policies value) {
            policies = value;
            return this;
        }

        public Builder copies(Map<String, String> value) {
            copies = value;
            return this;
        }

        public Builder parameters(Map<String, Object> value) {
            parameters = value;
            return this;
        }

        public Node build() {
            return new Node(id, body, state, effects, tools, policies, copies, parameters);
        }
    }
}

package dev.fettle.core.foreign;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one node that is not a block. */
final class ForeignNode {
    private ForeignNode() {}

    static String type(Map<String, Object> node) {
        String type = Fields.text(node, "type").strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() ? "agent" : type;
    }

    static Node read(String id, Map<String, Object> node, String source) {
        NodeBody body =
                switch (type(node)) {
                    case "agent" -> new NodeBody.Agent(model(node), prompt(node));
                    case "compute" -> new NodeBody.Function(orElse(Fields.text(node, "handler"), "compute"));
                    case "transform" -> new NodeBody.Function("transform");
                    case "condition" ->
                        new NodeBody.Condition(orElse(Fields.text(node, "condition"), "condition"), null);
                    case "hitl", "human" -> new NodeBody.Human(Fields.text(node, "prompt"));
                    case "team" -> team(id, node, source);
                    default ->
                        throw new FettleException(
                                ErrorCode.BAD_INPUT,
                                source + ": the node (" + id + ") has the type (" + type(node)
                                        + "); expected agent, compute, condition, parallel, transform, hitl or team");
                };
        Map<String, String> tools = new LinkedHashMap<>();
        if (!(body instanceof Team)) {
            Fields.texts(node, "tools").forEach(tool -> tools.put(tool, tool));
            Fields.texts(node, "allowed_tools").forEach(tool -> tools.put(tool, tool));
        }
        boolean computed = body instanceof NodeBody.Condition || type(node).equals("transform");
        return Node.builder(id, body)
                .tools(tools)
                .effects(computed ? Effects.NONE : Effects.UNKNOWN)
                .policies(policies(node))
                .parameters(parameters(node))
                .build();
    }

    private static String orElse(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    private static @Nullable String model(Map<String, Object> node) {
        String model = Fields.text(Fields.map(node.get("llm_config")), "model");
        return model.isBlank() ? null : model;
    }

    private static String prompt(Map<String, Object> node) {
        String instructions = Fields.text(node, "instructions");
        return Fields.text(node, "goal") + (instructions.isEmpty() ? "" : "\n" + instructions);
    }

    private static Team team(String id, Map<String, Object> node, String source) {
        List<Team.Member> members = new ArrayList<>();
        if (node.get("members") instanceof List<?> list) {
            for (Object one : list) {
                Map<String, Object> member = Fields.map(one);
                members.add(new Team.Member(
                        Fields.text(member, "id"),
                        Fields.text(member, "role"),
                        model(member),
                        prompt(member),
                        Fields.texts(member, "tools"),
                        Fields.whole(member, "tool_budget")));
            }
        }
        String formation = orElse(Fields.text(node, "team_formation"), "sequential");
        try {
            return new Team(Formation.valueOf(formation.strip().toUpperCase(Locale.ROOT)), members, 1);
        } catch (IllegalArgumentException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + ": the team (" + id + ") has the team_formation (" + formation + "); expected one of "
                            + Arrays.toString(Formation.values()).toLowerCase(Locale.ROOT),
                    e);
        }
    }

    private static Policies policies(Map<String, Object> node) {
        Integer seconds = Fields.whole(node, "timeout_seconds");
        Integer timeout = seconds == null ? Fields.whole(node, "timeout") : seconds;
        return timeout == null || timeout < 1 ? Policies.NONE : Policies.NONE.withTimeout(Duration.ofSeconds(timeout));
    }

    private static Map<String, Object> parameters(Map<String, Object> node) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Object> model = Fields.map(node.get("llm_config"));
        put(parameters, AgentParameters.TEMPERATURE, model.get("temperature"));
        put(parameters, AgentParameters.MAX_TOKENS, model.get("max_tokens"));
        put(parameters, AgentParameters.TOOL_BUDGET, node.get("tool_budget"));
        return parameters;
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
        if (value instanceof Number) {
            parameters.put(name, value);
        }
    }
}

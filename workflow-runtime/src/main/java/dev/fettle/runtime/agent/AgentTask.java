package dev.fettle.runtime.agent;

import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.ToolSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is to do.
 *
 * @param model as in definitions and price tables
 * @param role what goes before the prompt as a system message; null for none
 * @param prompt with everything filled in
 * @param tools from the node's name for a tool to the tool that answers
 * @param toolBudget most tool calls; null for no limit
 */
public record AgentTask(
        String model,
        @Nullable String role,
        String prompt,
        Map<String, ToolSpec> tools,
        AgentParameters parameters,
        @Nullable Integer toolBudget) {
    public AgentTask {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
    }

    /** Without a role, and with the tool budget of the parameters. */
    public static AgentTask of(String model, String prompt, Map<String, ToolSpec> tools, AgentParameters parameters) {
        Optional<Integer> budget = parameters.toolBudget();
        return new AgentTask(model, null, prompt, tools, parameters, budget.orElse(null));
    }
}

package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives an agent another prompt. Refused where the node is no agent, or where the prompts do not name the same state keys.
 */
@Stable
public record SetPrompt(String node, String prompt) implements WorkflowChange {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    @Override
    public ChangeResult apply(Workflow workflow) {
        var target = workflow.node(node).orElse(null);
        if (target == null) {
            return Rewrites.missing(node);
        }
        if (!(target.body() instanceof NodeBody.Agent agent)) {
            return ChangeResult.refused("(" + node + ") is a " + target.kind().word() + ", not an agent");
        }
        if (!placeholders(agent.prompt()).equals(placeholders(prompt))) {
            return ChangeResult.refused("the prompt of (" + node + ") names " + placeholders(agent.prompt())
                    + ", and the other " + placeholders(prompt));
        }
        return Rewrites.mapNode(workflow, node, before -> before.toBuilder()
                .body(new NodeBody.Agent(agent.model(), prompt))
                .build());
    }

    private static Set<String> placeholders(String prompt) {
        Set<String> keys = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(prompt);
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        return keys;
    }

    @Override
    public String describe() {
        return "reword the prompt of '" + node + "'";
    }
}

package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.StateAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node in the making. Unlike a {@link Node.Builder} it starts as what most tests want: known state keys, none of them
 * used, and no effects.
 */
@Stable
public final class NodeDraft {
    private final String id;
    private NodeBody body;
    private List<String> reads = List.of();
    private List<String> writes = List.of();
    private boolean known = true;
    private Effects effects = Effects.NONE;
    private final Map<String, String> tools = new LinkedHashMap<>();
    private final Map<String, String> copies = new LinkedHashMap<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Policies policies = Policies.NONE;

    NodeDraft(String id, NodeBody body) {
        this.id = id;
        this.body = body;
    }

    public NodeDraft reads(String... keys) {
        reads = List.of(keys);
        return this;
    }

    public NodeDraft writes(String... keys) {
        writes = List.of(keys);
        return this;
    }

    /** What the node reads and writes is not known, as in a discovered workflow. */
    public NodeDraft unknownState() {
        known = false;
        return this;
    }

    public NodeDraft effects(Effects value) {
        effects = value;
        return this;
    }

    /** The code of a function or condition; the same runner makes two nodes do the same. */
    public NodeDraft runner(String name) {
        body = body instanceof NodeBody.Condition ? new NodeBody.Condition(name, null) : new NodeBody.Function(name);
        return this;
    }

    public NodeDraft model(String model) {
        String prompt = body instanceof NodeBody.Agent agent ? agent.prompt() : "";
        body = new NodeBody.Agent(model, prompt);
        return this;
    }

    public NodeDraft prompt(String prompt) {
        String model = body instanceof NodeBody.Agent agent ? agent.model() : null;
        body = new NodeBody.Agent(model, prompt);
        return this;
    }

    /** Tools that the node calls by their own names. */
    public NodeDraft tools(String... names) {
        for (String name : names) {
            tools.put(name, name);
        }
        return this;
    }

    /** A tool that the node calls by another name. */
    public NodeDraft binding(String name, String tool) {
        tools.put(name, tool);
        return this;
    }

    public NodeDraft copy(String target, String source) {
        copies.put(target, source);
        return this;
    }

    public NodeDraft parameter(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    public NodeDraft policies(Policies value) {
        policies = value;
        return this;
    }

    Node build() {
        return Node.builder(id, body)
                .state(known ? StateAccess.of(reads, writes) : StateAccess.UNKNOWN)
                .effects(effects)
                .tools(tools)
                .copies(copies)
                .parameters(parameters)
                .policies(policies)
                .build();
    }
}

package dev.fettle.runtime.node;

import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.agent.Agent;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One attempt at a node, as its code sees it. */
final class Attempt implements NodeContext {
    private final RunContext run;
    private final Node node;
    private final Map<String, StateValue> reads;
    private final Map<String, Object> state;
    private final OpenOccurrence occurrence;
    private final CancelScope scope;

    Attempt(RunContext run, Node node, Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope) {
        this.run = run;
        this.node = node;
        this.reads = reads;
        this.state = Collections.unmodifiableMap(StateValue.plain(reads));
        this.occurrence = occurrence;
        this.scope = scope;
    }

    RunContext run() {
        return run;
    }

    Node node() {
        return node;
    }

    /** What the node reads, with hashes. */
    Map<String, StateValue> reads() {
        return reads;
    }

    OpenOccurrence occurrence() {
        return occurrence;
    }

    CancelScope scope() {
        return scope;
    }

    @Override
    public String nodeId() {
        return node.id();
    }

    @Override
    public Map<String, Object> state() {
        return state;
    }

    /** Without keys that only receive copies: those are filled in after the node. */
    @Override
    public List<String> writes() {
        return node.state().writes().stream()
                .filter(key -> !node.copies().containsKey(key))
                .toList();
    }

    @Override
    public Map<String, Object> parameters() {
        return node.parameters();
    }

    @Override
    public int iteration() {
        return occurrence.iteration();
    }

    @Override
    public Path directory() {
        return run.directory();
    }

    @Override
    public Object callTool(String name, Map<String, Object> arguments) throws Exception {
        return new ToolCaller(this).call(name, arguments);
    }

    @Override
    public List<Object> callTools(String name, List<Map<String, Object>> calls) throws Exception {
        return new ToolCaller(this).callAll(name, calls);
    }

    /**
     * The same attempt as a part of it sees it, recorded for itself.
     *
     * @param part inside this attempt's occurrence
     */
    Attempt within(OpenOccurrence part, CancelScope partScope) {
        return new Attempt(run, node, reads, part, partScope);
    }

    /** The tools that answer the node's calls by these names, in order. */
    Map<String, ToolSpec> tools(Collection<String> names) {
        ToolCaller caller = new ToolCaller(this);
        Map<String, ToolSpec> tools = new LinkedHashMap<>();
        names.forEach(name -> tools.put(name, caller.tool(name)));
        return tools;
    }

    /** A model with tools that works for this attempt: within its budgets, recorded as its calls. */
    Agent agent() {
        return new Agent(
                run.models().caller(run.path(node), node, scope, occurrence::add), new ToolCaller(this)::callForAgent);
    }

    @Override
    public boolean cancelled() {
        return scope.cancelled();
    }
}

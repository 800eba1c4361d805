package dev.fettle.runtime.budget;

import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** The budget of a run and those of its nodes, which last for all their attempts and iterations. */
public final class Budgets {
    private final Budget run;
    private final Map<String, Budget> nodes = new ConcurrentHashMap<>();

    public Budgets(OptionalDouble maxUsd) {
        this.run = Budget.of("the run (the setting maxUsd)", maxUsd);
    }

    /** @param path the node's name, unique in the run */
    public Budget ofNode(String path, Node node) {
        return nodes.computeIfAbsent(path, id -> run.within("the node (" + id + ") (its maxUsd)", limit(node)));
    }

    private static OptionalDouble limit(Node node) {
        boolean known = node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM;
        return known ? AgentParameters.of(node.parameters()).maxUsd() : OptionalDouble.empty();
    }
}

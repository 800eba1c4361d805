package dev.fettle.runtime.budget;

import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The budget of a run and those of its nodes, which last for all their attempts and iterations. */
public final class Budgets {
    /** The key of the whole run, which no path of a node is. */
    private static final String RUN = "";

    private final Budget run;
    private final Map<String, BigDecimal> before;
    private final Map<String, Budget> nodes = new ConcurrentHashMap<>();

    /**
     * @param maxUsd null for no limit
     * @param before what was spent before the run was paused, as {@link #spent} gave it
     * @param mayUsd what may be spent from here on; infinite for no end
     */
    public Budgets(@Nullable Double maxUsd, Map<String, BigDecimal> before, double mayUsd) {
        this.before = Map.copyOf(before);
        this.run = Budget.of(
                "the run (the setting maxUsd)",
                maxUsd == null ? OptionalDouble.empty() : OptionalDouble.of(maxUsd),
                before.getOrDefault(RUN, BigDecimal.ZERO),
                mayUsd);
    }

    /** USD spent since the pause, or in all where there was none. */
    public double spentHere() {
        return run.spent().subtract(before.getOrDefault(RUN, BigDecimal.ZERO)).doubleValue();
    }

    /** Why a call was refused at the end of what may be spent; null where none was. */
    public @Nullable FettleException refused() {
        return run.refused();
    }

    /** USD spent by the run and by each node, by a key of their own. */
    public Map<String, BigDecimal> spent() {
        Map<String, BigDecimal> spent = new TreeMap<>(before);
        nodes.forEach((path, budget) -> spent.put(path, budget.spent()));
        spent.put(RUN, run.spent());
        return spent;
    }

    /** @param path the node's name, unique in the run */
    public Budget ofNode(String path, Node node) {
        return nodes.computeIfAbsent(
                path,
                id -> run.within(
                        "the node (" + id + ") (its maxUsd)", limit(node), before.getOrDefault(id, BigDecimal.ZERO)));
    }

    private static OptionalDouble limit(Node node) {
        boolean known = node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM;
        return known ? AgentParameters.of(node.parameters()).maxUsd() : OptionalDouble.empty();
    }
}

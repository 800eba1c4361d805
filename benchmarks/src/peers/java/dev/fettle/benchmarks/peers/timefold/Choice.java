package dev.fettle.benchmarks.peers.timefold;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import org.jspecify.annotations.Nullable;

/** The choice of one node. */
@PlanningEntity
public class Choice {
    @PlanningId
    private int node;

    @PlanningVariable
    private @Nullable Integer option;

    /** For Timefold. */
    public Choice() {}

    Choice(int node) {
        this.node = node;
    }

    public int getNode() {
        return node;
    }

    public @Nullable Integer getOption() {
        return option;
    }

    public void setOption(@Nullable Integer option) {
        this.option = option;
    }
}

package dev.fettle.strategies.team.change;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.Workflow;

/**
 * Takes a member out of a team; its neighbours in a sequence or pipeline follow each other.
 *
 * <pre>
 *   a ──▶ b ──▶ c      becomes      a ──▶ c
 * </pre>
 *
 * Refused for the last member, for the lead of a hierarchical team and the author of a reflection.
 */
public record RemoveTeamMember(String node, String member) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        return Teams.change(workflow, node, team -> {
            Teams.requireMember(team, member);
            boolean led = team.formation() == Formation.HIERARCHICAL || team.formation() == Formation.REFLECTION;
            if (led && team.members().get(0).id().equals(member)) {
                throw new Teams.NotPossibleException("(" + member + ") leads the team (" + node + ")");
            }
            return new Team(
                    team.formation(),
                    team.members().stream()
                            .filter(one -> !one.id().equals(member))
                            .toList(),
                    team.maxRounds());
        });
    }

    @Override
    public String describe() {
        return "take '" + member + "' out of the team '" + node + "'";
    }
}

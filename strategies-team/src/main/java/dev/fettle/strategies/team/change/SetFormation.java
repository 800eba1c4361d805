package dev.fettle.strategies.team.change;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.Workflow;

/**
 * Lets the members of a team take turns in another way.
 *
 * <pre>
 *   a ──▶ b ──▶ c      becomes      a ┃ b ┃ c
 * </pre>
 *
 * Refused where the team has the formation already, or too few members for it.
 */
public record SetFormation(String node, Formation formation) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        return Teams.change(workflow, node, team -> {
            if (team.formation() == formation) {
                throw new Teams.NotPossibleException(
                        "the team (" + node + ") has the formation " + Teams.word(formation) + " already");
            }
            return new Team(formation, team.members(), team.maxRounds());
        });
    }

    @Override
    public String describe() {
        return "let the team '" + node + "' work " + Teams.word(formation);
    }
}

package dev.fettle.strategies.team.change;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.Workflow;

/**
 * Limits the tool calls of a member. Refused where the member has no larger limit: a limit is never raised, which could
 * not be called a saving.
 *
 * @param toolBudget most calls in one run, all turns together; at least 0
 */
public record SetMemberToolBudget(String node, String member, int toolBudget) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        if (toolBudget < 0) {
            return ChangeResult.refused("the tool budget (" + toolBudget + ") of (" + member
                    + ") is not usable; expected a whole number of at least 0");
        }
        return Teams.change(workflow, node, team -> Teams.mapMember(team, member, this::limited));
    }

    private Member limited(Member one) {
        Integer has = one.toolBudget();
        if (has != null && has <= toolBudget) {
            throw new Teams.NotPossibleException("(" + member + ") has a tool budget of " + has
                    + " already; expected a smaller one, not (" + toolBudget + ")");
        }
        return new Member(one.id(), one.role(), one.model(), one.prompt(), one.tools(), toolBudget, one.group());
    }

    @Override
    public String describe() {
        return "limit '" + member + "' of the team '" + node + "' to " + toolBudget + " tool calls";
    }
}

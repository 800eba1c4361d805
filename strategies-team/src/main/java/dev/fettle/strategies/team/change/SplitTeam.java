package dev.fettle.strategies.team.change;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * Splits a team into sub-teams that work at once under its first member.
 *
 * <pre>
 *                                                     ┌─▶ b ──▶ c ─┐
 *   a ──▶ b ──▶ c ──▶ d ──▶ e      becomes      a ──▶─┤            ├─▶ a
 *                                                     └─▶ d ──▶ e ─┘
 * </pre>
 *
 * Refused where the sub-teams are not made of all members but the first, each once.
 *
 * @param groups the members of each sub-team, in the order in which they take turns
 */
public record SplitTeam(String node, List<List<String>> groups) implements WorkflowChange {
    public SplitTeam {
        groups = groups.stream().map(List::copyOf).toList();
    }

    @Override
    public ChangeResult apply(Workflow workflow) {
        return Teams.change(workflow, node, this::split);
    }

    private Team split(Team team) {
        List<String> grouped = groups.stream().flatMap(List::stream).sorted().toList();
        List<String> workers =
                team.members().stream().skip(1).map(Member::id).sorted().toList();
        if (groups.size() < 2 || !grouped.equals(workers)) {
            throw new Teams.NotPossibleException("the sub-teams " + groups + " of (" + node
                    + ") are not usable; expected at least 2 that share the members " + workers);
        }
        return new Team(
                Formation.HIERARCHICAL,
                team.members().stream().map(this::grouped).toList(),
                1);
    }

    private Member grouped(Member member) {
        int index = 0;
        while (index < groups.size() && !groups.get(index).contains(member.id())) {
            index++;
        }
        return new Member(
                member.id(),
                member.role(),
                member.model(),
                member.prompt(),
                member.tools(),
                member.toolBudget(),
                index == groups.size() ? null : "sub-team-" + (index + 1));
    }

    @Override
    public String describe() {
        return "split the team '" + node + "' into the sub-teams " + groups + " under its first member";
    }
}

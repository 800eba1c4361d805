package dev.fettle.strategies.team.change;

import com.google.auto.service.AutoService;
import dev.fettle.api.change.ChangeTypes;
import dev.fettle.api.change.WorkflowChange;
import java.util.Map;

/** The kinds of change of teams, as JSON names them. */
@AutoService(ChangeTypes.class)
public final class TeamChangeTypes implements ChangeTypes {
    @Override
    public Map<String, Class<? extends WorkflowChange>> types() {
        return Map.of(
                "set_formation", SetFormation.class,
                "remove_team_member", RemoveTeamMember.class,
                "set_member_tool_budget", SetMemberToolBudget.class,
                "split_team", SplitTeam.class);
    }
}

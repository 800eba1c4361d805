package dev.fettle.strategies.team.change;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.Workflow;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the changes of teams share. */
final class Teams {
    private Teams() {}

    /** Puts another team in the place of a team; refused where there is none, or the other could not be run. */
    static ChangeResult change(Workflow workflow, String node, Function<Team, Team> function) {
        Node target = workflow.node(node).orElse(null);
        if (target == null) {
            return ChangeResult.refused("there is no node (" + node + ") in the workflow");
        }
        if (!(target.body() instanceof Team team)) {
            return ChangeResult.refused("(" + node + ") is a " + target.kind().word() + ", not a team");
        }
        Team changed;
        try {
            changed = function.apply(team);
        } catch (NotPossibleException e) {
            return ChangeResult.refused(String.valueOf(e.getMessage()));
        }
        String problem = problem(changed);
        return problem != null
                ? ChangeResult.refused("the team (" + node + ") " + problem)
                : new ChangeResult.Applied(workflow.mapNode(
                        node, same -> same.toBuilder().body(changed).build()));
    }

    private static @Nullable String problem(Team team) {
        int least = team.formation() == Formation.HIERARCHICAL ? 2 : 1;
        if (team.members().size() < least) {
            return "would have " + team.members().size() + " members; expected at least " + least
                    + " for the formation " + word(team.formation());
        }
        Set<String> ids = new HashSet<>();
        for (Member member : team.members()) {
            if (!ids.add(member.id())) {
                return "has the member (" + member.id() + ") twice; expected unique ids";
            }
        }
        return null;
    }

    static String word(Formation formation) {
        return formation.name().toLowerCase(Locale.ROOT);
    }

    /** The team with one member replaced. */
    static Team mapMember(Team team, String id, Function<Member, Member> function) {
        requireMember(team, id);
        List<Member> members = team.members().stream()
                .map(member -> member.id().equals(id) ? function.apply(member) : member)
                .toList();
        return new Team(team.formation(), members, team.maxRounds());
    }

    static void requireMember(Team team, String id) {
        if (team.members().stream().noneMatch(member -> member.id().equals(id))) {
            throw new NotPossibleException("the team has no member (" + id + "); expected one of "
                    + team.members().stream().map(Member::id).toList());
        }
    }

    /** Why a change is not possible; turned into a refusal. */
    static final class NotPossibleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPossibleException(String message) {
            super(message);
        }
    }
}

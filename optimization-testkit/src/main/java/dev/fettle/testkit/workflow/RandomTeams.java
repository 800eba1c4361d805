package dev.fettle.testkit.workflow;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts teams of agents, of all sizes and formations, in the place of some nodes of a workflow. */
@Evolving
public final class RandomTeams {
    private static final int MOST_MEMBERS = 7;

    private final SplittableRandom random;

    private RandomTeams(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The workflow with a team for every second function. The same seed gives the same workflow. */
    public static Workflow in(Workflow workflow, long seed) {
        RandomTeams teams = new RandomTeams(seed);
        Workflow current = workflow;
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.Function && teams.random.nextBoolean()) {
                Team team = teams.team(node.id(), workflow.tools());
                current = current.mapNode(
                        node.id(), before -> before.toBuilder().body(team).build());
            }
        }
        return current;
    }

    private Team team(String node, List<ToolSpec> tools) {
        Formation[] formations = Formation.values();
        List<Member> members = new ArrayList<>();
        int size = 1 + random.nextInt(MOST_MEMBERS);
        for (int i = 0; i < size; i++) {
            boolean refers = i > 0 && random.nextInt(3) == 0;
            String prompt =
                    refers ? "Go on from what " + members.get(random.nextInt(i)).id() + " said." : "Do your part.";
            List<String> own = tools.isEmpty() || random.nextBoolean()
                    ? List.of()
                    : List.of(tools.get(random.nextInt(tools.size())).name());
            Integer budget = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : null;
            members.add(new Member(node + "_m" + i, "Works on its own", "small", prompt, own, budget));
        }
        return new Team(formations[random.nextInt(formations.length)], members, 1 + random.nextInt(3));
    }
}

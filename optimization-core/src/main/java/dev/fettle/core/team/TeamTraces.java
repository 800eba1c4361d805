package dev.fettle.core.team;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Team runs as traces of a workflow with one team. Team runs say how long each member took, but not when: turns are placed
 * as the formation takes them. What a member was told and said is not recorded.
 */
public final class TeamTraces {
    private static final double NANOS = 1e9;

    private TeamTraces() {}

    /** The workflow of a run: its team alone. */
    public static Workflow workflow(TeamRecord run) {
        Set<String> tools = new TreeSet<>();
        List<Team.Member> members = new ArrayList<>();
        for (TeamRecord.Member member : run.members()) {
            members.add(new Team.Member(
                    member.id(), member.role().equals(member.id()) ? "" : member.role(), null, "", List.of(), null));
            tools.addAll(member.tools());
        }
        String id = node(run.team());
        return new Workflow(
                id,
                id,
                Set.of("task"),
                Set.of("result"),
                List.of(Node.builder(id, new Team(run.formation(), members, Math.max(1, run.rounds())))
                        .state(StateAccess.of(List.of("task"), List.of("result")))
                        .effects(Effects.UNKNOWN)
                        .build()),
                List.of(Edge.of(id, Edge.END)),
                tools.stream().map(ToolSpec::unknown).toList(),
                true);
    }

    /** The id of a team's node. */
    public static String node(String team) {
        String safe = team.replaceAll("[^\\p{L}\\p{N}_.-]+", "-").replaceAll("\\.{2,}", ".");
        return safe.matches("[\\p{L}\\p{N}_].*") ? safe : "team-" + safe;
    }

    /**
     * The run as a trace.
     *
     * @param number of the run, in order of time
     * @param workflow that it is said to be a run of, and {@code node}: the team's in it
     */
    public static ExecutionTrace trace(TeamRecord run, long number, String workflow, String node) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        occurrences.add(NodeOccurrence.builder("team", node)
                .kind(NodeKind.TEAM)
                .duration(duration(run.seconds()))
                .status(status(run.success()))
                .errorType(run.success() ? null : "TeamFailed")
                .build());
        List<NodeOccurrence> turns = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < run.members().size(); i++) {
            TeamRecord.Member member = run.members().get(i);
            now = place(run, member, i, now, node, turns);
        }
        turns.sort(Comparator.comparing(NodeOccurrence::start));
        occurrences.addAll(turns);
        Boolean agreed = run.consensusAchieved();
        return new ExecutionTrace(
                "team-run-" + number,
                workflow,
                Instant.EPOCH.plusSeconds(number),
                duration(run.seconds()),
                status(run.success()),
                true,
                null,
                agreed == null ? Map.of() : Map.of("consensus_achieved", agreed ? 1.0 : 0.0),
                occurrences);
    }

    /** Adds the turns of a member; gives the time when the next may start. */
    private static double place(
            TeamRecord run,
            TeamRecord.Member member,
            int position,
            double now,
            String node,
            List<NodeOccurrence> turns) {
        boolean ordered = run.formation() == Formation.SEQUENTIAL || run.formation() == Formation.PIPELINE;
        boolean led = run.formation() == Formation.HIERARCHICAL || run.formation() == Formation.REFLECTION;
        int rounds = run.formation() == Formation.CONSENSUS ? run.rounds() : 1;
        double seconds = member.seconds() / rounds;
        double longest = run.members().stream()
                .mapToDouble(TeamRecord.Member::seconds)
                .max()
                .orElse(0);
        for (int round = 0; round < rounds; round++) {
            double start = now + round * longest / rounds;
            turns.add(NodeOccurrence.builder(member.id() + "#" + round, node + "/" + member.id())
                    .parent("team")
                    .kind(NodeKind.AGENT)
                    .iteration(round)
                    .start(duration(start))
                    .duration(duration(seconds))
                    .status(status(member.success()))
                    .errorType(errorType(member))
                    .toolCalls(toolCalls(member, round, rounds, start))
                    .build());
        }
        return ordered || (led && position == 0) ? now + member.seconds() : now;
    }

    private static List<ToolCall> toolCalls(TeamRecord.Member member, int round, int rounds, double start) {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = round; i < member.toolCalls(); i += rounds) {
            String tool = member.tools().isEmpty()
                    ? "tool"
                    : member.tools().get(i % member.tools().size());
            calls.add(new ToolCall(
                    tool, null, null, duration(start), Duration.ZERO, Status.UNKNOWN, null, null, null, null));
        }
        return calls;
    }

    private static @Nullable String errorType(TeamRecord.Member member) {
        String error = member.error();
        if (member.success()) {
            return null;
        }
        String type = error == null ? "" : error.replaceFirst(":.*", "").strip();
        return type.matches("[\\p{L}\\p{N}_.]{1,80}") ? type : "MemberFailed";
    }

    private static Status status(boolean success) {
        return success ? Status.OK : Status.ERROR;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(Math.min(seconds, Long.MAX_VALUE / NANOS / 2) * NANOS));
    }
}

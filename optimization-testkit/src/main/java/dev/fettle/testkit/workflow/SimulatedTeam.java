package dev.fettle.testkit.workflow;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The turns of a team, one after another. By its name, a member does its part, does nothing, mostly fails, or asks its tools
 * the same again.
 */
final class SimulatedTeam {
    private static final int WAYS = 4;
    private static final int PROMPTS = 3;
    private static final int REPEATED_CALLS = 9;

    private final NodeOccurrence team;
    private final SplittableRandom random;

    SimulatedTeam(NodeOccurrence team, SplittableRandom random) {
        this.team = team;
        this.random = random;
    }

    List<NodeOccurrence> turns(Team definition) {
        List<Member> working =
                definition.members().stream().filter(member -> way(member) != 1).toList();
        List<NodeOccurrence> turns = new ArrayList<>();
        for (int i = 0; i < working.size(); i++) {
            Duration length = team.duration().dividedBy(working.size());
            turns.add(turn(working.get(i), team.start().plus(length.multipliedBy(i)), length));
        }
        return turns;
    }

    private static int way(Member member) {
        return Math.floorMod(SymbolicNode.symbol(member.id()).hashCode(), WAYS);
    }

    private NodeOccurrence turn(Member member, Duration start, Duration length) {
        boolean fails = way(member) == 2 && random.nextInt(4) > 0;
        boolean repeats = way(member) == 3;
        List<ToolCall> calls = new ArrayList<>();
        for (String tool : member.tools()) {
            for (int call = 0; call < (repeats ? REPEATED_CALLS : 1); call++) {
                String arguments = SymbolicNode.symbol(member.id() + tool);
                calls.add(new ToolCall(
                        tool,
                        arguments,
                        SymbolicNode.symbol(arguments),
                        start,
                        Duration.ofMillis(1),
                        Status.OK,
                        null,
                        null,
                        null,
                        null));
            }
        }
        ModelCall asked = new ModelCall(
                member.model(),
                start,
                length,
                new TokenUsage(100 + random.nextInt(100), 50, 0),
                fails ? Status.ERROR : Status.OK,
                null,
                null,
                SymbolicNode.symbol("prompt" + random.nextInt(PROMPTS)),
                fails ? null : SymbolicNode.symbol(repeats ? "the same" : member.id()));
        return NodeOccurrence.builder(team.id() + "/" + member.id(), team.node() + "/" + member.id())
                .parent(team.id())
                .kind(NodeKind.AGENT)
                .start(start)
                .duration(length)
                .status(fails ? Status.ERROR : Status.OK)
                .errorType(fails ? "SimulatedFailure" : null)
                .modelCalls(List.of(asked))
                .toolCalls(calls)
                .build();
    }
}

package dev.fettle.strategies.team.run;

import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One recorded run of a team.
 *
 * @param seconds wall-clock time of the whole team, not of its slowest member
 * @param own tokens of model calls that the team made outside its members' turns: those of an orchestrator
 * @param ownSeconds time of these calls
 * @param turns by start
 */
public record TeamRun(
        String trace,
        Instant startedAt,
        double seconds,
        Status status,
        TokenUsage own,
        double ownSeconds,
        List<Turn> turns) {
    public TeamRun {
        turns = List.copyOf(turns);
    }

    public boolean succeeded() {
        return status == Status.OK;
    }

    public boolean failed() {
        return status == Status.ERROR || status == Status.CANCELLED;
    }

    public Set<String> members() {
        Set<String> members = new LinkedHashSet<>();
        turns.forEach(turn -> members.add(turn.member()));
        return members;
    }

    public Map<String, List<Turn>> byMember() {
        Map<String, List<Turn>> byMember = new LinkedHashMap<>();
        turns.forEach(turn ->
                byMember.computeIfAbsent(turn.member(), id -> new ArrayList<>()).add(turn));
        return byMember;
    }

    /** Turns of the member that took most. */
    public int rounds() {
        return byMember().values().stream().mapToInt(List::size).max().orElse(0);
    }

    public long toolCalls() {
        return turns.stream().mapToLong(turn -> turn.toolCalls().size()).sum();
    }

    public TokenUsage tokens() {
        return turns.stream().map(Turn::tokens).reduce(own, TokenUsage::plus);
    }

    /** Sum of the turns' times, as if they were taken one after the other. */
    public double work() {
        return turns.stream().mapToDouble(Turn::seconds).sum();
    }

    /** Time that the members would take if each took its first turn at once with the others. */
    public double longestFirstTurn() {
        return byMember().values().stream()
                .mapToDouble(taken -> taken.get(0).seconds())
                .max()
                .orElse(0);
    }
}

package dev.fettle.strategies.team.detect;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each member adds to a team, as far as the recorded runs tell. */
public final class Contribution {
    private final TeamHistory history;
    private final @Nullable Team team;

    /**
     * @param team as defined; null, or without members, where that is not known
     */
    public Contribution(TeamHistory history, @Nullable Team team) {
        this.history = history;
        this.team = team;
    }

    /** The members by definition, else those that took a turn in some run. */
    public Set<String> members() {
        Set<String> members = new LinkedHashSet<>();
        if (team != null && !team.members().isEmpty()) {
            team.members().forEach(member -> members.add(member.id()));
        } else {
            members.addAll(history.byMember().keySet());
        }
        return members;
    }

    /** Members that did nothing in any run: no turn, or only turns without calls. */
    public List<String> idle() {
        Map<String, List<Turn>> turns = history.byMember();
        boolean calls = turns.values().stream().flatMap(List::stream).anyMatch(turn -> !turn.modelCalls()
                .isEmpty());
        // where model calls are not recorded, a turn without tool calls may have been one of thought
        return members().stream()
                .filter(id -> turns.getOrDefault(id, List.of()).stream()
                        .allMatch(turn -> turn.empty() && (calls || turn.seconds() == 0)))
                .toList();
    }

    /**
     * Members whose answer in every run with this formation adds nothing: in a consensus all said the same at once, so
     * that all but the first are redundant; in a pipeline a member passes on what it was given.
     */
    public List<String> redundant() {
        if (team == null || history.size() == 0) {
            return List.of();
        }
        if (team.formation() == Formation.CONSENSUS) {
            boolean unanimous = history.runs().stream().allMatch(Contribution::unanimous);
            return unanimous ? List.copyOf(members()).subList(1, members().size()) : List.of();
        }
        List<String> redundant = new ArrayList<>();
        if (team.formation() == Formation.PIPELINE) {
            List<String> ids = List.copyOf(members());
            for (int i = 1; i < ids.size(); i++) {
                String before = ids.get(i - 1);
                String id = ids.get(i);
                if (history.runs().stream().allMatch(run -> passesOn(run, before, id))) {
                    redundant.add(id);
                }
            }
        }
        return redundant;
    }

    private static boolean unanimous(TeamRun run) {
        Set<String> answers = new LinkedHashSet<>();
        for (Turn turn : run.turns()) {
            String answer = turn.answer();
            if (answer == null) {
                return false;
            }
            answers.add(answer);
        }
        return run.succeeded() && run.rounds() == 1 && run.members().size() > 1 && answers.size() == 1;
    }

    private static boolean passesOn(TeamRun run, String before, String member) {
        Map<String, List<Turn>> turns = run.byMember();
        List<Turn> first = turns.getOrDefault(before, List.of());
        List<Turn> second = turns.getOrDefault(member, List.of());
        String said = first.size() == 1 ? first.get(0).answer() : null;
        return said != null
                && second.size() == 1
                && said.equals(second.get(0).answer())
                && second.get(0).toolCalls().isEmpty();
    }

    /** How often the turns of each member succeeded; members without turns are left out. */
    public Map<String, Rate> success() {
        Map<String, Rate> rates = new LinkedHashMap<>();
        history.byMember().forEach((id, turns) -> {
            long ok = turns.stream().filter(turn -> turn.status() == Status.OK).count();
            long failed =
                    turns.stream().filter(turn -> turn.status() == Status.ERROR).count();
            rates.put(id, Rate.of(ok, ok + failed));
        });
        return rates;
    }

    /** The member that gives tasks to the others; null where there is none. */
    public @Nullable String lead() {
        if (team != null && !team.members().isEmpty()) {
            return team.formation() == Formation.HIERARCHICAL
                    ? team.members().get(0).id()
                    : null;
        }
        return history.size() == 0 ? null : history.lead();
    }

    /** The part of all tokens (or, where none are recorded, of the time in turns) of each member, in [0, 1]. */
    public Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        double tokens =
                history.runs().stream().mapToDouble(run -> run.tokens().total()).sum();
        double seconds = history.runs().stream().mapToDouble(TeamRun::work).sum();
        history.byMember().forEach((id, turns) -> {
            double own = tokens > 0
                    ? turns.stream().mapToDouble(turn -> turn.tokens().total()).sum()
                    : turns.stream().mapToDouble(Turn::seconds).sum();
            double all = tokens > 0 ? tokens : seconds;
            shares.put(id, all > 0 ? own / all : 0);
        });
        return shares;
    }
}

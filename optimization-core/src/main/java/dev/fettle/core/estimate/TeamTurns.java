package dev.fettle.core.estimate;

import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the recorded turns of teams a candidate still takes: no turns of members that are gone, none beyond the limit on
 * rounds, and no tool calls beyond a member's budget. Once the budget is spent the member answers with what it knows: of
 * the model calls that follow, only the last is made.
 */
final class TeamTurns {
    private final Set<Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Step.Item> cut = Collections.newSetFromMap(new IdentityHashMap<>());

    /** First recorded turn of each member that stays, by team step. */
    private final IdentityHashMap<Step, Map<String, Step>> first = new IdentityHashMap<>();

    private static final TeamTurns NONE = new TeamTurns();

    static TeamTurns of(ReplayTrace trace, CandidateEffects effects) {
        if (!effects.hasTeams()) {
            return NONE;
        }
        TeamTurns turns = new TeamTurns();
        for (Step step : trace.steps) {
            TeamEffect team = effects.of(step).team();
            if (team != null) {
                turns.team(step, team);
            }
        }
        return turns;
    }

    /** The member whose turn this is, by the last part of its name. */
    static String member(Step turn) {
        return turn.node().substring(turn.node().lastIndexOf('/') + 1);
    }

    private void team(Step step, TeamEffect team) {
        Map<String, Integer> taken = new HashMap<>();
        Map<String, Integer> called = new HashMap<>();
        Map<String, Step> firsts = new HashMap<>();
        for (Step turn : step.children) {
            String id = member(turn);
            Member member = team.after(id);
            int turns = taken.merge(id, 1, Integer::sum);
            if (member == null || turns > team.mostTurns(id) || (team.rearranged() && turns > 1)) {
                gone.add(turn);
                continue;
            }
            firsts.putIfAbsent(id, turn);
            Integer budget = member.toolBudget();
            if (budget != null) {
                budget(turn, budget, called);
            }
        }
        first.put(step, firsts);
    }

    private void budget(Step turn, int budget, Map<String, Integer> called) {
        String id = member(turn);
        List<Step.Item> items = turn.items();
        int used = called.getOrDefault(id, 0);
        boolean spent = false;
        Step.Item lastModel = null;
        for (Step.Item item : items) {
            ToolCall call = item.tool();
            if (call != null && ++used > budget) {
                cut.add(item);
                spent = true;
            } else if (item.model() != null && spent) {
                if (lastModel != null) {
                    cut.add(lastModel);
                }
                lastModel = item;
            }
        }
        called.put(id, used);
    }

    boolean gone(Step step) {
        return !gone.isEmpty() && gone.contains(step);
    }

    boolean cut(Step.Item item) {
        return !cut.isEmpty() && cut.contains(item);
    }

    boolean cutAny(List<Step.Item> items) {
        return !cut.isEmpty() && items.stream().anyMatch(cut::contains);
    }

    /** Whether no team changes. */
    boolean none() {
        return first.isEmpty();
    }

    /** The first recorded turn of the member that stays; null where it took none. */
    private @Nullable Step first(Step team, String member) {
        return first.getOrDefault(team, Map.of()).get(member);
    }

    /**
     * Places the turns of a team wave after wave, each as long as the member's first recorded turn; the time that the
     * team itself took around and between recorded turns is kept once.
     *
     * @param lengths by step
     * @return how long the team takes
     */
    double place(Step step, TeamEffect team, double[] lengths, Placing placing) {
        double length = Math.max(0, step.seconds() - covered(step));
        for (List<String> wave : team.waves()) {
            double longest = 0;
            for (String member : wave) {
                Step turn = first(step, member);
                if (turn != null) {
                    placing.at(turn, length);
                    longest = Math.max(longest, lengths[turn.index]);
                }
            }
            length += longest;
        }
        return length;
    }

    /** Time in which some turn ran, as recorded. */
    private static double covered(Step step) {
        double covered = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (Step.Item item : step.items()) {
            covered += Math.max(0, item.end() - Math.max(end, item.start()));
            end = Math.max(end, item.end());
        }
        return covered;
    }

    /**
     * Money of the turns that a team takes.
     *
     * @param usd by step
     */
    double usd(Step step, TeamEffect team, double[] usd) {
        double sum = 0;
        for (List<String> wave : team.waves()) {
            for (String member : wave) {
                Step turn = first(step, member);
                sum += turn == null ? 0 : usd[turn.index];
            }
        }
        return sum;
    }
}

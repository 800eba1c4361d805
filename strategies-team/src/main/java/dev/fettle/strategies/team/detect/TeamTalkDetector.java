package dev.fettle.strategies.team.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Teams that talk more than they work.
 *
 * <pre>
 *   handoff loop            a ▶ b ▶ a ▶ b ▶ a ▶ b: two members in turn, three times or more, and an answer comes again
 *                           (where answers are not recorded, the turns alone count)
 *   orchestrator overhead   the lead, or the agent that calls the others, takes over 40 % of the tokens or the time
 * </pre>
 */
@AutoService(BottleneckDetector.class)
public final class TeamTalkDetector implements BottleneckDetector {
    /**
     * @param handoffs least exchanges of two members in a row; at least 2
     * @param overhead greatest share of the lead, in (0, 1)
     * @param minRuns with fewer runs nothing is said of the lead; at least 1
     */
    public record Settings(int handoffs, double overhead, int minRuns) {
        public Settings {
            SettingCheck.atLeast("handoffs", handoffs, 2);
            SettingCheck.part("overhead", overhead);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    /** Turns that two members took by turns. */
    private record Exchange(List<Turn> turns) {
        double seconds() {
            return turns.stream().mapToDouble(Turn::seconds).sum();
        }

        List<String> members() {
            return turns.stream().limit(2).map(Turn::member).toList();
        }

        /** Whether some answer came again, or answers are not recorded. */
        boolean withoutProgress() {
            Set<String> answers = new HashSet<>();
            boolean again = false;
            for (Turn turn : turns) {
                String answer = turn.answer();
                if (answer == null) {
                    return true;
                }
                again |= !answers.add(turn.member() + answer);
            }
            return again;
        }
    }

    @Override
    public String name() {
        return "team-talk";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(3, 0.4, 3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (TeamHistory history : TeamHistory.of(context.profile()).values()) {
            loops(history, settings, found);
            if (history.size() >= settings.minRuns()) {
                Team team =
                        context.workflow().node(history.node()).map(Node::body).orElse(null) instanceof Team defined
                                ? defined
                                : null;
                overhead(history, new Contribution(history, team).lead(), settings, found);
            }
        }
        return found;
    }

    private static void loops(TeamHistory history, Settings settings, List<Bottleneck> found) {
        Set<String> members = new TreeSet<>();
        int runs = 0;
        double lost = 0;
        double seconds = 0;
        int longest = 0;
        for (TeamRun run : history.runs()) {
            seconds += run.seconds();
            boolean loops = false;
            for (Exchange exchange : exchanges(run.turns(), 2 * settings.handoffs())) {
                if (exchange.withoutProgress()) {
                    loops = true;
                    lost += exchange.seconds();
                    longest = Math.max(longest, exchange.turns().size() / 2);
                    members.addAll(exchange.members());
                }
            }
            runs += loops ? 1 : 0;
        }
        if (runs > 0) {
            Rate concerned = Rate.of(runs, history.size());
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.HANDOFF_LOOP,
                    seconds > 0 ? Math.min(1, lost / seconds) : 0,
                    history.node(),
                    List.copyOf(members),
                    "runsWithLoops",
                    new Figure(concerned.value(), concerned.low(), concerned.high(), runs),
                    0,
                    members + " of '" + history.node() + "' hand work to each other up to " + longest
                            + " times in a row without anything new, in " + runs + " of " + history.size()
                            + " runs, for " + Figure.seconds(lost),
                    history.size(),
                    "Limit the rounds, or let one of them decide."));
        }
    }

    /** Longest rows of turns in which two members alternate, at least so many turns. */
    private static List<Exchange> exchanges(List<Turn> turns, int least) {
        List<Exchange> exchanges = new ArrayList<>();
        int start = 0;
        while (start + 1 < turns.size()) {
            int end = start + 1;
            if (turns.get(start).member().equals(turns.get(end).member())) {
                start++;
                continue;
            }
            while (end + 1 < turns.size()
                    && turns.get(end + 1).member().equals(turns.get(end - 1).member())) {
                end++;
            }
            if (end - start + 1 >= least) {
                exchanges.add(new Exchange(turns.subList(start, end + 1)));
            }
            start = end;
        }
        return exchanges;
    }

    private static void overhead(
            TeamHistory history, @Nullable String lead, Settings settings, List<Bottleneck> found) {
        double tokens = 0;
        double ownTokens = 0;
        double seconds = 0;
        double ownSeconds = 0;
        for (TeamRun run : history.runs()) {
            tokens += run.tokens().total();
            ownTokens += run.own().total();
            seconds += run.work() + run.ownSeconds();
            ownSeconds += run.ownSeconds();
            for (Turn turn : run.turns()) {
                if (turn.member().equals(lead)) {
                    ownTokens += turn.tokens().total();
                    ownSeconds += turn.seconds();
                }
            }
        }
        double ofTokens = tokens > 0 ? ownTokens / tokens : 0;
        double ofTime = seconds > 0 ? ownSeconds / seconds : 0;
        double share = Math.max(ofTokens, ofTime);
        if (share > settings.overhead()) {
            String who = lead == null ? "'" + history.node() + "' itself" : "the lead '" + lead + "'";
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.ORCHESTRATOR,
                    share,
                    history.node(),
                    lead == null ? List.of() : List.of(lead),
                    "orchestratorShare",
                    new Figure(share, share, share, history.size()),
                    settings.overhead(),
                    who + " takes " + Figure.percent(ofTokens) + " of the tokens and " + Figure.percent(ofTime)
                            + " of the time of all turns, over " + history.size() + " runs",
                    history.size(),
                    "A smaller model for the lead, fewer rounds, or no lead at all."));
        }
    }
}

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Teams with more members than are of use.
 *
 * <pre>
 *   oversized              over 7 members, or over 2 whose time for each member is 1.2 times what it used to be
 *   idle member            took no turn, or did nothing that was recorded
 *   redundant member       said what was said already, in every run
 *   failing member         fails more often than not
 *   more members than work fewer calls of work a run than members
 * </pre>
 *
 * A call of work is a tool call, or a model's answer that was not given before in the run; where tool calls are all that
 * is recorded, a tool call.
 */
@AutoService(BottleneckDetector.class)
public final class TeamSizeDetector implements BottleneckDetector {
    /**
     * @param mostMembers larger teams are oversized; at least 1
     * @param slowPerMember least factor on the earlier time for each member, above 1
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(int mostMembers, double slowPerMember, int minRuns) {
        public Settings {
            SettingCheck.atLeast("mostMembers", mostMembers, 1);
            SettingCheck.above("slowPerMember", slowPerMember, 1);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String name() {
        return "team-size";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(7, 1.2, 3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (TeamHistory history : TeamHistory.of(context.profile()).values()) {
            Team team = context.workflow().node(history.node()).map(Node::body).orElse(null) instanceof Team defined
                    ? defined
                    : null;
            if (history.size() >= settings.minRuns()) {
                Contribution contribution = new Contribution(history, team);
                oversized(history, contribution, settings, found);
                members(history, contribution, found);
                work(history, contribution, found);
            }
        }
        return found;
    }

    private static void oversized(
            TeamHistory history, Contribution contribution, Settings settings, List<Bottleneck> found) {
        int size = contribution.members().size();
        double before = perMember(history.earlier());
        double after = perMember(history.recent());
        Figure figure = new Figure(size, size, size, history.size());
        if (size > settings.mostMembers()) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.OVERSIZED,
                    Math.min(1, (double) (size - settings.mostMembers()) / settings.mostMembers()),
                    history.node(),
                    List.of(),
                    "members",
                    figure,
                    settings.mostMembers(),
                    "'" + history.node() + "' has " + size + " members",
                    history.size(),
                    "See which of them change the result."));
        } else if (size > 2 && before > 0 && after > settings.slowPerMember() * before && surelySlower(history)) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.OVERSIZED,
                    Math.min(1, after / before - 1),
                    history.node(),
                    List.of(),
                    "secondsPerMember",
                    new Figure(after, after, after, history.size()),
                    settings.slowPerMember() * before,
                    "'" + history.node() + "' takes " + Figure.seconds(after) + " for each member, and took "
                            + Figure.seconds(before) + " before",
                    history.size(),
                    "See which of its members change the result."));
        }
    }

    private static boolean surelySlower(TeamHistory history) {
        return Figure.mean(history.recent().values(TeamRun::seconds)).low()
                > Figure.mean(history.earlier().values(TeamRun::seconds)).value();
    }

    private static double perMember(TeamHistory history) {
        return Figure.mean(history.values(
                        run -> run.seconds() / Math.max(1, run.members().size())))
                .value();
    }

    private static void members(TeamHistory history, Contribution contribution, List<Bottleneck> found) {
        Map<String, Double> shares = contribution.shares();
        for (String id : contribution.idle()) {
            found.add(member(
                    TeamBottlenecks.IDLE_MEMBER,
                    history,
                    id,
                    new Figure(0, 0, 0, history.size()),
                    0.5,
                    "'" + id + "' of '" + history.node() + "' did nothing in " + history.size() + " of "
                            + history.size() + " runs",
                    "Take it out, or give it something to do."));
        }
        List<String> redundant = contribution.redundant();
        for (String id : redundant) {
            Rate equal = Rate.of(history.size(), history.size());
            found.add(member(
                    TeamBottlenecks.REDUNDANT_MEMBER,
                    history,
                    id,
                    new Figure(1, equal.low(), 1, history.size()),
                    Math.max(0.25, shares.getOrDefault(id, 0.0)),
                    "'" + id + "' of '" + history.node() + "' said what was said already in " + history.size() + " of "
                            + history.size() + " runs, for "
                            + Figure.percent(shares.getOrDefault(id, 0.0)) + " of the team's tokens or time",
                    "Take it out."));
        }
        contribution.success().forEach((id, rate) -> {
            if (rate.trials() >= 3 && rate.value() < 0.5) {
                found.add(member(
                        TeamBottlenecks.FAILING_MEMBER,
                        history,
                        id,
                        new Figure(rate.value(), rate.low(), rate.high(), (int) rate.trials()),
                        1 - rate.value(),
                        "'" + id + "' of '" + history.node() + "' succeeded in " + rate.successes() + " of "
                                + rate.trials() + " turns",
                        "Take it out, or mend it."));
            }
        });
    }

    private static Bottleneck member(
            String type, TeamHistory history, String id, Figure figure, double severity, String text, String advice) {
        return TeamBottlenecks.of(
                type, severity, history.node(), List.of(id), "contribution", figure, 0.5, text, history.size(), advice);
    }

    private static void work(TeamHistory history, Contribution contribution, List<Bottleneck> found) {
        String lead = contribution.lead();
        int workers = contribution.members().size() - (lead == null ? 0 : 1);
        Figure calls = Figure.mean(history.values(run -> callsOfWork(run, lead)));
        boolean recorded = history.runs().stream()
                .anyMatch(run -> run.toolCalls() > 0 || run.tokens().total() > 0);
        if (recorded && workers > 1 && calls.high() < workers) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.MORE_MEMBERS_THAN_WORK,
                    1 - calls.value() / workers,
                    history.node(),
                    List.of(),
                    "callsOfWork",
                    calls,
                    workers,
                    "the " + workers + " members of '" + history.node() + "' make " + calls.words()
                            + " calls of work a run",
                    history.size(),
                    "Fewer members would do."));
        }
    }

    private static double callsOfWork(TeamRun run, @Nullable String lead) {
        Set<String> answers = new HashSet<>();
        long calls = 0;
        for (var turn : run.turns()) {
            if (!turn.member().equals(lead)) {
                calls += turn.toolCalls().size();
                for (var call : turn.modelCalls()) {
                    boolean known =
                            call.outputHash() != null && !answers.add(Objects.requireNonNull(call.outputHash()));
                    calls += known ? 0 : 1;
                }
            }
        }
        return calls;
    }
}

package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.strategies.team.change.SplitTeam;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits a long sequence or pipeline into sub-teams that work at once under its first member.
 *
 * <pre>
 *                                                     ┌─▶ b ──▶ c ─┐
 *   a ──▶ b ──▶ c ──▶ d ──▶ e      becomes      a ──▶─┤            ├─▶ a
 *                                                     └─▶ d ──▶ e ─┘
 * </pre>
 *
 * Neighbours stay together, and the cut is where the sub-teams take about as long as each other. A member whose prompt
 * speaks of one in the other sub-team silences it. Risk: high, since a member leads that did not; a person decides. The
 * time is replayed with a further turn of the lead. Confidence: the lower end of the Wilson interval of the runs; 0.6 at
 * most where prompts are not known.
 */
@AutoService(OptimizationStrategy.class)
public final class SubTeams implements OptimizationStrategy {
    private static final double PROMPTS_UNKNOWN = 0.6;
    private static final Set<String> TYPES =
            Set.of(TeamBottlenecks.FORMATION, TeamBottlenecks.OVERSIZED, TeamBottlenecks.SLOW);

    /**
     * @param minMembers smaller teams are left alone; at least 5
     * @param minGain least part of the members' time that is saved, in (0, 1)
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(int minMembers, double minGain, int minRuns) {
        public Settings {
            SettingCheck.atLeast("minMembers", minMembers, 5);
            SettingCheck.share("minGain", minGain);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "a sequence or pipeline of at least 5 members, and 5 recorded runs; a gain of at least 10 %";
    }

    @Override
    public String name() {
        return "team-parallel";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(5, 0.1, 5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (TunedTeam team : TunedTeam.of(context, settings.minRuns())) {
            Formation formation = team.team().formation();
            boolean ordered = formation == Formation.SEQUENTIAL || formation == Formation.PIPELINE;
            if (context.holds(team.id(), ordered, "its members do not work one after another")
                    && context.holds(
                            team.id(),
                            team.team().members().size() >= settings.minMembers(),
                            "has fewer than " + settings.minMembers() + " members")) {
                suggest(context, team, settings, suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(StrategyContext context, TunedTeam team, Settings settings, List<Suggestion> suggestions) {
        List<Member> members = team.team().members();
        double[] seconds = seconds(team);
        int cut = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 2; i < seconds.length; i++) {
            double length = length(seconds, i);
            if (length < best && apart(team, i)) {
                best = length;
                cut = i;
            }
        }
        double now = 0;
        for (double own : seconds) {
            now += own;
        }
        if (!context.holds(team.id(), cut > 0 && now > 0, "members speak of each other wherever it could be cut")
                || !context.holds(
                        team.id(),
                        1 - best / now >= settings.minGain(),
                        "two sub-teams would save less than " + settings.minGain() + " of its time")) {
            return;
        }
        List<String> ids = members.stream().map(Member::id).toList();
        List<List<String>> groups = List.of(ids.subList(1, cut), ids.subList(cut, ids.size()));
        String text = "the turns of '" + team.id() + "' take " + Figure.seconds(now) + " one after the other, and "
                + Figure.seconds(best) + " with the sub-teams " + groups + " at once and '" + ids.get(0)
                + "' before and after";
        boolean known = new References(team.team()).known();
        suggestions.add(team.suggestion(
                name(),
                "",
                "split_team",
                RiskLevel.HIGH,
                text,
                team.evidence(text),
                List.of(new SplitTeam(team.id(), groups)),
                List.of(team.qualityUnknown("'" + team.id() + "' as sub-teams: '" + ids.get(0)
                        + "' leads, its further turn is taken to be like the first; the result is taken to be as"
                        + " good")),
                known ? team.confidence() : Math.min(PROMPTS_UNKNOWN, team.confidence())));
    }

    /** Mean seconds of the first turn of each member. */
    private static double[] seconds(TunedTeam team) {
        Map<String, List<Turn>> turns = team.history().byMember();
        return team.team().members().stream()
                .mapToDouble(member -> Figure.mean(turns.getOrDefault(member.id(), List.of()).stream()
                                .mapToDouble(Turn::seconds)
                                .toArray())
                        .value())
                .toArray();
    }

    /** Seconds with the sub-teams cut here: wave after wave, and the lead before and after. */
    private static double length(double[] seconds, int cut) {
        double length = 2 * seconds[0];
        int waves = Math.max(cut - 1, seconds.length - cut);
        for (int wave = 0; wave < waves; wave++) {
            double first = 1 + wave < cut ? seconds[1 + wave] : 0;
            double second = cut + wave < seconds.length ? seconds[cut + wave] : 0;
            length += Math.max(first, second);
        }
        return length;
    }

    /** Whether no member of one sub-team speaks of one in the other. */
    private static boolean apart(TunedTeam team, int cut) {
        List<Member> members = team.team().members();
        for (int i = 1; i < cut; i++) {
            for (int j = cut; j < members.size(); j++) {
                if (References.speaksOf(members.get(i), members.get(j).id())
                        || References.speaksOf(members.get(j), members.get(i).id())) {
                    return false;
                }
            }
        }
        return true;
    }
}

package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.strategies.team.change.RemoveTeamMember;
import dev.fettle.strategies.team.detect.Contribution;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a team smaller: to {@code min(5, floor(0.7 n))} members, and never below 3.
 *
 * <pre>
 *   a b c d e f g (all say the same)      becomes      a b c d
 * </pre>
 *
 * Those leave first that did nothing, then those that said what was said already, then those with the smallest part of
 * the team's work. Members that come first or last in a formation with an order stay.
 *
 * <p>Risk: low where all that leave did nothing or said nothing of their own in every run, else medium. Confidence: the
 * lower end of the Wilson interval of the runs; 0.6 at most where members leave that did add something.
 */
@AutoService(OptimizationStrategy.class)
public final class TeamSizing implements OptimizationStrategy {
    private static final Set<String> TYPES =
            Set.of(TeamBottlenecks.OVERSIZED, TeamBottlenecks.MORE_MEMBERS_THAN_WORK, TeamBottlenecks.REDUNDANT_MEMBER);

    /**
     * @param least members that stay at least; at least 1
     * @param most members that stay at most
     * @param part of the members that stay, in (0, 1)
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(int least, int most, double part, int minRuns) {
        public Settings {
            SettingCheck.atLeast("least", least, 1);
            SettingCheck.atLeast("most", most, least);
            SettingCheck.part("part", part);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "a team with more members than are of use in at least 5 recorded runs: members that do nothing,"
                + " repeat others, or do the least";
    }

    @Override
    public String name() {
        return "team-size";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(3, 5, 0.7, 5);
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
            int size = team.team().members().size();
            int target = Math.max(settings.least(), Math.min(settings.most(), (int) (settings.part() * size)));
            List<String> leaving = leaving(team, size - target);
            if (context.holds(
                            team.id(), size > target, "has no more than " + target + " members, which is small enough")
                    && context.holds(
                            team.id(),
                            leaving.size() == size - target,
                            "too few members may leave: the others hold a place in the formation")) {
                suggestions.add(suggestion(team, leaving));
            }
        }
        return suggestions;
    }

    /** The least useful members that may leave, as many as wanted where there are so many. */
    private static List<String> leaving(TunedTeam team, int wanted) {
        Contribution contribution = team.contribution();
        List<String> idle = contribution.idle();
        List<String> redundant = contribution.redundant();
        Map<String, Double> shares = contribution.shares();
        List<String> ids = team.team().members().stream().map(Member::id).toList();
        return ids.stream()
                .filter(id -> idle.contains(id) || redundant.contains(id) || !holdsAPlace(team, ids, id))
                .sorted(Comparator.<String>comparingInt(id -> idle.contains(id) ? 0 : redundant.contains(id) ? 1 : 2)
                        .thenComparingDouble(id -> shares.getOrDefault(id, 0.0))
                        .thenComparing(Comparator.comparingInt((String id) -> ids.indexOf(id))
                                .reversed()))
                .limit(Math.max(0, wanted))
                .toList();
    }

    private static boolean holdsAPlace(TunedTeam team, List<String> ids, String id) {
        Formation formation = team.team().formation();
        boolean first = ids.get(0).equals(id);
        boolean last = ids.get(ids.size() - 1).equals(id);
        return switch (formation) {
            case SEQUENTIAL, PIPELINE -> first || last;
            case HIERARCHICAL, REFLECTION -> first;
            case PARALLEL, CONSENSUS -> false;
        };
    }

    private Suggestion suggestion(TunedTeam team, List<String> leaving) {
        Contribution contribution = team.contribution();
        boolean useless = leaving.stream()
                .allMatch(id -> contribution.idle().contains(id)
                        || contribution.redundant().contains(id));
        double share = leaving.stream()
                .mapToDouble(id -> contribution.shares().getOrDefault(id, 0.0))
                .sum();
        List<WorkflowChange> changes = new ArrayList<>();
        leaving.forEach(id -> changes.add(new RemoveTeamMember(team.id(), id)));
        int stay = team.team().members().size() - leaving.size();
        String what = useless
                ? "did nothing, or said what was said already, in "
                        + team.history().size() + " of " + team.history().size() + " runs"
                : "add least: " + Figure.percent(share) + " of the team's tokens or time";
        List<ExpectedOutcome> outcomes = useless
                ? List.of()
                : List.of(team.qualityUnknown("what " + leaving + " would have said in '" + team.id()
                        + "' is missing; the result is taken to be as good"));
        return team.suggestion(
                name(),
                "",
                "resize_team",
                useless ? RiskLevel.LOW : RiskLevel.MEDIUM,
                "'" + team.id() + "' works with " + stay + " instead of "
                        + team.team().members().size() + " members; " + leaving + " " + what,
                team.evidence(leaving + " of '" + team.id() + "' " + what),
                changes,
                outcomes,
                useless ? team.confidence() : Math.min(0.6, team.confidence()));
    }
}

package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.strategies.team.change.RemoveTeamMember;
import dev.fettle.strategies.team.change.SetMemberToolBudget;
import dev.fettle.strategies.team.detect.Contribution;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weighs members by what they cost and how often they succeed.
 *
 * <pre>
 *   did nothing in any run, or mostly fails                              becomes   taken out
 *   a tool budget, succeeds less often than the team, costs more         becomes   0.8 x the budget
 * </pre>
 *
 * A budget is not raised here: more calls are no gain that a replay could show. One suggestion for each member.
 *
 * <p>Risk: low for a member that did nothing, else medium. Confidence: the lower end of the Wilson interval of the runs,
 * or of the rate of failed turns.
 */
@AutoService(OptimizationStrategy.class)
public final class MemberSelection implements OptimizationStrategy {
    /** The action that gives a member a smaller budget. */
    static final String WEIGH = "weigh_member";

    private static final Set<String> TYPES =
            Set.of(TeamBottlenecks.IDLE_MEMBER, TeamBottlenecks.FAILING_MEMBER, TeamBottlenecks.TOOL_USAGE);

    /**
     * @param maxSuccess a member that succeeds at least this often stays, in (0, 1)
     * @param lessBudget factor on the budget of a member that is worth less than it costs, in (0, 1)
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(double maxSuccess, double lessBudget, int minRuns) {
        public Settings {
            SettingCheck.part("maxSuccess", maxSuccess);
            SettingCheck.part("lessBudget", lessBudget);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "at least 5 recorded runs in which a member does nothing, mostly fails, or succeeds less often"
                + " than its team and costs more";
    }

    @Override
    public String name() {
        return "team-members";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.5, 0.8, 5);
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
            Contribution contribution = team.contribution();
            Set<String> useless = new LinkedHashSet<>(contribution.idle());
            useless.forEach(id -> idle(context, team, id, suggestions));
            Map<String, Rate> success = contribution.success();
            for (Member member : team.team().members()) {
                Rate rate = success.get(member.id());
                if (useless.contains(member.id())) {
                    continue;
                }
                if (rate == null || rate.trials() < settings.minRuns()) {
                    context.refusals()
                            .refused(
                                    team.id() + "/" + member.id(),
                                    "fewer than " + settings.minRuns() + " of its turns tell whether they succeeded");
                } else {
                    if (rate.value() < settings.maxSuccess()) {
                        failing(context, team, member.id(), rate, suggestions);
                    } else {
                        lessBudget(context, team, member, rate, contribution, suggestions);
                    }
                }
            }
        }
        return suggestions;
    }

    private void idle(StrategyContext context, TunedTeam team, String id, List<Suggestion> suggestions) {
        RemoveTeamMember change = new RemoveTeamMember(team.id(), id);
        if (context.applies(team.id() + "/" + id, List.of(change))) {
            String text = "'" + id + "' of '" + team.id() + "' did nothing in "
                    + team.history().size() + " of " + team.history().size() + " runs";
            suggestions.add(team.suggestion(
                    name(),
                    id,
                    "disable_member",
                    RiskLevel.LOW,
                    text,
                    team.evidence(text),
                    List.of(change),
                    List.of(),
                    team.confidence()));
        }
    }

    private void failing(StrategyContext context, TunedTeam team, String id, Rate rate, List<Suggestion> suggestions) {
        RemoveTeamMember change = new RemoveTeamMember(team.id(), id);
        if (context.applies(team.id() + "/" + id, List.of(change))) {
            String text = "'" + id + "' of '" + team.id() + "' succeeded in " + rate.successes() + " of "
                    + rate.trials() + " turns (95 % interval " + Figure.number(rate.low()) + "-"
                    + Figure.number(rate.high()) + ")";
            suggestions.add(team.suggestion(
                    name(),
                    id,
                    "disable_member",
                    RiskLevel.MEDIUM,
                    text,
                    team.evidence(text),
                    List.of(change),
                    List.of(team.qualityUnknown("what '" + id + "' would have said in '" + team.id()
                            + "' where it succeeds is missing; the result is taken to be as good")),
                    1 - rate.high()));
        }
    }

    private void lessBudget(
            StrategyContext context,
            TunedTeam team,
            Member member,
            Rate rate,
            Contribution contribution,
            List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        Integer budget = member.toolBudget();
        double share = contribution.shares().getOrDefault(member.id(), 0.0);
        double fair = 1.0 / team.team().members().size();
        long successes = contribution.success().values().stream()
                .mapToLong(Rate::successes)
                .sum();
        long trials =
                contribution.success().values().stream().mapToLong(Rate::trials).sum();
        boolean worse = rate.high() < Rate.of(successes, trials).value();
        String candidate = team.id() + "/" + member.id();
        if (context.holds(candidate, worse, "succeeds no less than the others, or too seldom to tell")
                && context.holds(candidate, share > fair, "takes no more than its share of the tokens or the time")
                && context.holds(candidate, budget != null && budget > 1, "has no tool budget that could be less")
                && budget != null) {
            int less = Math.max(1, (int) Math.floor(settings.lessBudget() * budget));
            String text = "'" + member.id() + "' of '" + team.id() + "' succeeded in " + rate.successes() + " of "
                    + rate.trials() + " turns, the team in " + successes + " of " + trials + ", and takes "
                    + Figure.percent(share) + " of its tokens or time";
            suggestions.add(team.suggestion(
                    name(),
                    member.id(),
                    WEIGH,
                    RiskLevel.MEDIUM,
                    text,
                    team.evidence(text),
                    List.of(new SetMemberToolBudget(team.id(), member.id(), less)),
                    List.of(team.qualityUnknown("what '" + member.id() + "' of '" + team.id()
                            + "' would find with more calls is missing; the result is taken to be as good")),
                    team.confidence()));
        }
    }
}

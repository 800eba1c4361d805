package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.strategies.team.change.SetMemberToolBudget;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the tool calls of a member that makes more than it needs.
 *
 * <pre>
 *   searcher: 18 calls a run, 9 of them different      becomes      searcher: at most 13 calls
 * </pre>
 *
 * Needed is the p95 of calls with different arguments over the member's runs that succeeded; the budget is 0.7 times the
 * p95 of all calls, and never less than what is needed, nor than the least budget of the kind of task (explore 5,
 * standard 20, complex 40, refactor 60, by what is needed). Never above the budget that the member has.
 *
 * <p>Risk: low. What a call beyond the budget would have given is missing, but it was asked for before. Confidence: the
 * lower end of the Wilson interval of the runs.
 */
@AutoService(OptimizationStrategy.class)
public final class TeamToolBudget implements OptimizationStrategy {
    static final String NAME = "team-tool-budget";

    private static final double TAIL = 0.95;

    /** Least budget of each kind of task: a member that needs this many calls gets no smaller one. */
    private static final int[] KINDS = {60, 40, 20, 5};

    /**
     * @param part of the calls that stay where they are not needed, in (0, 1)
     * @param minRuns with fewer runs that succeeded nothing is said; at least 1
     */
    public record Settings(double part, int minRuns) {
        public Settings {
            SettingCheck.part("part", part);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "at least 5 recorded runs in which a member calls tools again with the same arguments";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.7, 5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(TeamBottlenecks.TOOL_USAGE);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (TunedTeam team : TunedTeam.of(context, settings.minRuns())) {
            List<SetMemberToolBudget> changes = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            TeamHistory succeeded = team.history().where(TeamRun::succeeded);
            for (Member member : team.team().members()) {
                if (context.holds(
                        team.id() + "/" + member.id(),
                        succeeded.runsOf(member.id()) >= settings.minRuns(),
                        "fewer than " + settings.minRuns() + " of its runs succeeded")) {
                    limit(context, team, succeeded, member, settings, changes, reasons);
                }
            }
            if (!changes.isEmpty()) {
                suggestions.add(team.suggestion(
                        name(),
                        "",
                        "limit_tools",
                        RiskLevel.LOW,
                        "members of '" + team.id() + "' call tools again with the same arguments: "
                                + String.join("; ", reasons),
                        team.evidence(String.join("; ", reasons) + " (" + succeeded.size() + " runs that succeeded)"),
                        List.copyOf(changes),
                        List.of(),
                        team.confidence()));
            }
        }
        return suggestions;
    }

    private static void limit(
            StrategyContext context,
            TunedTeam team,
            TeamHistory succeeded,
            Member member,
            Settings settings,
            List<SetMemberToolBudget> changes,
            List<String> reasons) {
        double used = quantile(succeeded, member, false);
        double needed = quantile(succeeded, member, true);
        int budget = Math.max(floor(needed), (int) Math.ceil(Math.max(needed, settings.part() * used)));
        int has = member.toolBudget() == null ? Integer.MAX_VALUE : member.toolBudget();
        String candidate = team.id() + "/" + member.id();
        if (context.holds(candidate, used > needed, "makes no call again with the same arguments")
                && context.holds(candidate, budget < used, "the least budget of its kind of task is what it uses")
                && context.holds(candidate, budget < has, "has a budget that is no larger")) {
            changes.add(new SetMemberToolBudget(team.id(), member.id(), budget));
            reasons.add("'" + member.id() + "' makes up to " + Figure.number(used) + " calls a run and needs "
                    + Figure.number(needed) + ", so " + budget + " will do");
        }
    }

    /** The p95 over runs of the member's calls, or of those with different arguments. */
    private static double quantile(TeamHistory runs, Member member, boolean distinct) {
        return Figure.quantile(
                TAIL, runs.where(run -> run.members().contains(member.id())).values(run -> {
                    List<Turn> turns = run.byMember().getOrDefault(member.id(), List.of());
                    return turns.stream()
                            .mapToLong(turn -> distinct
                                    ? turn.distinctToolCalls()
                                    : turn.toolCalls().size())
                            .sum();
                }));
    }

    private static int floor(double needed) {
        for (int kind : KINDS) {
            if (needed >= kind) {
                return kind;
            }
        }
        return KINDS[KINDS.length - 1];
    }
}

package dev.fettle.strategies.team.tune;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Policies;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stops runs of a team that take so long that none of them ever succeeded.
 *
 * <pre>
 *   crew: runs for minutes, then fails      becomes      crew: timeout 1.2 x the p95 of runs that succeeded
 * </pre>
 *
 * Silent where the team's own timeout is as short already (a timeout is never raised), where a run that succeeded would
 * be cut, and where no failed run took longer: then a timeout gains nothing that was measured.
 *
 * <p>Risk: low. Confidence: the lower end of the Wilson interval of the runs that succeeded in time.
 */
@AutoService(OptimizationStrategy.class)
public final class TeamTimeout implements OptimizationStrategy {
    private static final double TAIL = 0.95;
    private static final Set<String> TYPES =
            Set.of(TeamBottlenecks.OUTLIERS, TeamBottlenecks.SLOW, TeamBottlenecks.UNRELIABLE);

    /**
     * @param margin on the p95, above 1
     * @param minRuns with fewer runs that succeeded nothing is said; at least 1
     */
    public record Settings(double margin, int minRuns) {
        public Settings {
            SettingCheck.above("margin", margin, 1);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String needs() {
        return "at least 10 recorded runs, of which some failed after a longer time than any that succeeded took";
    }

    @Override
    public String name() {
        return "team-timeout";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(1.2, 10);
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
            TeamHistory succeeded = team.history().where(TeamRun::succeeded);
            if (context.holds(
                    team.id(),
                    succeeded.size() >= settings.minRuns(),
                    "fewer than " + settings.minRuns() + " runs that succeeded")) {
                suggest(context, team, succeeded, settings, suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context,
            TunedTeam team,
            TeamHistory succeeded,
            Settings settings,
            List<Suggestion> suggestions) {
        double p95 = Figure.quantile(TAIL, succeeded.values(TeamRun::seconds));
        double longest = Figure.quantile(1, succeeded.values(TeamRun::seconds));
        Duration timeout = Duration.ofMillis((long) Math.ceil(1e3 * settings.margin() * p95));
        double limit = timeout.toMillis() / 1e3;
        Duration has = team.node().policies().timeout();
        TeamHistory beyond = team.history().where(run -> run.failed() && run.seconds() > limit);
        if (context.holds(team.id(), longest <= limit, "a run that succeeded took longer than p95 and the margin")
                && context.holds(team.id(), beyond.size() > 0, "no failed run took longer than p95 and the margin")
                && context.holds(
                        team.id(),
                        has == null || timeout.compareTo(has) < 0,
                        "has a timeout that is no longer than p95 and the margin")) {
            String text = beyond.size() + " of " + team.history().size() + " runs of '" + team.id() + "' took over "
                    + Figure.seconds(limit) + " and failed; the " + succeeded.size() + " that succeeded took up to "
                    + Figure.seconds(longest);
            suggestions.add(team.suggestion(
                    name(),
                    "",
                    "set_timeout",
                    RiskLevel.LOW,
                    text,
                    team.evidence(text),
                    List.of(new AddPolicies(team.id(), Policies.NONE.withTimeout(timeout))),
                    List.of(),
                    Rate.of(succeeded.size(), succeeded.size()).low()));
        }
    }
}

package dev.fettle.strategies.team.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.profile.Rate;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Teams that do worse than they used to: the later half of the runs against the earlier half of the same team. There are
 * no fixed baselines, so the unit of time does not matter; without a history nothing is said.
 *
 * <pre>
 *   slow            later mean time   > 1.2 x earlier    severity (later - earlier) / earlier
 *   outliers        p95               > 3 x the median   severity (p95 - 2 x median) / (2 x median)
 *   unreliable      later success     < 0.9 x earlier    severity (earlier - later) / earlier
 *   tool usage      later tool calls  > 1.5 x earlier    severity 0.6 x (later - earlier) / earlier
 * </pre>
 *
 * A later mean only counts where its 95 % interval is above the earlier mean.
 */
@AutoService(BottleneckDetector.class)
public final class TeamHistoryDetector implements BottleneckDetector {
    private static final double TAIL = 0.95;
    private static final double TOOL_WEIGHT = 0.6;

    /**
     * @param slow least factor on the earlier mean time, above 1
     * @param outliers least factor of the p95 on the median, above 1
     * @param success greatest factor on the earlier success rate, in (0, 1)
     * @param toolCalls least factor on the earlier mean of tool calls, above 1
     * @param minRuns in each half; at least 2
     */
    public record Settings(double slow, double outliers, double success, double toolCalls, int minRuns) {
        public Settings {
            SettingCheck.above("slow", slow, 1);
            SettingCheck.above("outliers", outliers, 1);
            SettingCheck.part("success", success);
            SettingCheck.above("toolCalls", toolCalls, 1);
            SettingCheck.atLeast("minRuns", minRuns, 2);
        }
    }

    @Override
    public String name() {
        return "team-history";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(1.2, 3, 0.9, 1.5, 5);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (TeamHistory team : TeamHistory.of(context.profile()).values()) {
            if (team.earlier().size() >= settings.minRuns()) {
                slower(team, settings, found);
                outliers(team, settings, found);
                lessReliable(team, settings, found);
                moreToolCalls(team, settings, found);
            }
        }
        return found;
    }

    private static void slower(TeamHistory team, Settings settings, List<Bottleneck> found) {
        Figure before = Figure.mean(team.earlier().values(TeamRun::seconds));
        Figure after = Figure.mean(team.recent().values(TeamRun::seconds));
        double threshold = settings.slow() * before.value();
        if (before.value() > 0 && after.value() > threshold && after.low() > before.value()) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.SLOW,
                    Math.min(1, after.value() / before.value() - 1),
                    team.node(),
                    List.of(),
                    "durationSeconds",
                    after,
                    threshold,
                    "the last " + after.n() + " runs of '" + team.node() + "' took " + after.words()
                            + " s on average, the " + before.n() + " before them " + Figure.number(before.value())
                            + " s",
                    team.size(),
                    "Look at what changed; another formation, fewer members or smaller budgets may win it back."));
        }
    }

    private static void outliers(TeamHistory team, Settings settings, List<Bottleneck> found) {
        double[] seconds = team.values(TeamRun::seconds);
        double median = Figure.quantile(0.5, seconds);
        double p95 = Figure.quantile(TAIL, seconds);
        double threshold = settings.outliers() * median;
        if (median > 0 && p95 > threshold) {
            double usual = 2 * median;
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.OUTLIERS,
                    0.8 * Math.min(1, Math.max(0, (p95 - usual) / usual)),
                    team.node(),
                    List.of(),
                    "p95Seconds",
                    new Figure(p95, p95, p95, seconds.length),
                    threshold,
                    "one in twenty runs of '" + team.node() + "' took " + Figure.seconds(p95) + " or more, the usual "
                            + Figure.seconds(median) + " (" + seconds.length + " runs)",
                    team.size(),
                    "A timeout cuts what fails in the end anyway; see what the long runs have in common."));
        }
    }

    private static void lessReliable(TeamHistory team, Settings settings, List<Bottleneck> found) {
        Rate before = team.earlier().success();
        Rate after = team.recent().success();
        double threshold = settings.success() * before.value();
        if (after.trials() > 0 && before.value() > 0 && after.value() < threshold && after.high() < before.value()) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.UNRELIABLE,
                    (before.value() - after.value()) / before.value(),
                    team.node(),
                    List.of(),
                    "successRate",
                    new Figure(after.value(), after.low(), after.high(), (int) after.trials()),
                    threshold,
                    "of the last " + after.trials() + " runs of '" + team.node() + "' " + after.successes()
                            + " succeeded, of the " + before.trials() + " before them " + before.successes(),
                    team.size(),
                    "See which member fails; retry, replace or remove it."));
        }
    }

    private static void moreToolCalls(TeamHistory team, Settings settings, List<Bottleneck> found) {
        Figure before = Figure.mean(team.earlier().values(TeamRun::toolCalls));
        Figure after = Figure.mean(team.recent().values(TeamRun::toolCalls));
        double threshold = settings.toolCalls() * before.value();
        if (before.value() > 0 && after.value() > threshold && after.low() > before.value()) {
            found.add(TeamBottlenecks.of(
                    TeamBottlenecks.TOOL_USAGE,
                    TOOL_WEIGHT * Math.min(1, after.value() / before.value() - 1),
                    team.node(),
                    List.of(),
                    "toolCalls",
                    after,
                    threshold,
                    "the last " + after.n() + " runs of '" + team.node() + "' made " + after.words()
                            + " tool calls on average, the " + before.n() + " before them "
                            + Figure.number(before.value()),
                    team.size(),
                    "Give members a tool budget."));
        }
    }
}

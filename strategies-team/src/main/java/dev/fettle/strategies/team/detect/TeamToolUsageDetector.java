package dev.fettle.strategies.team.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import dev.fettle.strategies.team.run.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Members that call tools with the same arguments again within a run: {@code calls > 1.5 x distinct calls}, measured in
 * the member's own successful runs. Severity: {@code 0.6 x min(1, (calls - distinct) / distinct)}.
 */
@AutoService(BottleneckDetector.class)
public final class TeamToolUsageDetector implements BottleneckDetector {
    private static final double TOOL_WEIGHT = 0.6;

    /**
     * @param factor least factor of all calls on distinct ones, above 1
     * @param minRuns with fewer runs nothing is said; at least 1
     */
    public record Settings(double factor, int minRuns) {
        public Settings {
            SettingCheck.above("factor", factor, 1);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String name() {
        return "team-tool-usage";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(1.5, 3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (TeamHistory team : TeamHistory.of(context.profile()).values()) {
            TeamHistory succeeded = team.where(TeamRun::succeeded);
            for (Map.Entry<String, List<Turn>> member : succeeded.byMember().entrySet()) {
                long runs = succeeded.runsOf(member.getKey());
                double calls = sum(member.getValue(), turn -> turn.toolCalls().size()) / runs;
                double distinct = sum(member.getValue(), Turn::distinctToolCalls) / runs;
                if (runs >= settings.minRuns() && distinct > 0 && calls > settings.factor() * distinct) {
                    found.add(bottleneck(team, member.getKey(), calls, distinct, runs, settings));
                }
            }
        }
        return found;
    }

    private static double sum(List<Turn> turns, ToLongFunction<Turn> value) {
        return turns.stream().mapToLong(value).sum();
    }

    private static Bottleneck bottleneck(
            TeamHistory team, String member, double calls, double distinct, long runs, Settings settings) {
        return TeamBottlenecks.of(
                TeamBottlenecks.TOOL_USAGE,
                TOOL_WEIGHT * Math.min(1, (calls - distinct) / distinct),
                team.node(),
                List.of(member),
                "toolCalls",
                new Figure(calls, calls, calls, (int) runs),
                settings.factor() * distinct,
                "'" + member + "' of '" + team.node() + "' makes " + Figure.number(calls)
                        + " tool calls a run, of which " + Figure.number(distinct) + " differ in their arguments ("
                        + runs + " runs that succeeded)",
                runs,
                "Limit its tool calls, or cache them.");
    }
}

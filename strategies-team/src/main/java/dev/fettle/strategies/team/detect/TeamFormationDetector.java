package dev.fettle.strategies.team.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.strategies.team.run.Figure;
import dev.fettle.strategies.team.run.TeamHistory;
import dev.fettle.strategies.team.run.TeamRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Teams whose formation costs more time than their members need: the mean time is over twice the benchmark. The benchmark
 * is the team's own: each member's first recorded turn, all at once. A team that is as fast as that has nothing to gain
 * from another formation, whatever the scale of its times.
 *
 * <p>Severity: {@code min(1, 0.5 x (mean - benchmark) / benchmark)}.
 */
@AutoService(BottleneckDetector.class)
public final class TeamFormationDetector implements BottleneckDetector {
    /**
     * @param factor least factor of the time on the benchmark, above 1
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
        return "team-formation";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(2, 3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (TeamHistory history : TeamHistory.of(context.profile()).values()) {
            TeamHistory together = history.where(run -> run.members().size() > 1);
            Figure seconds = Figure.mean(together.values(TeamRun::seconds));
            double benchmark =
                    Figure.mean(together.values(TeamRun::longestFirstTurn)).value();
            if (together.size() >= settings.minRuns()
                    && benchmark > 0
                    && seconds.value() > settings.factor() * benchmark) {
                found.add(TeamBottlenecks.of(
                        TeamBottlenecks.FORMATION,
                        Math.min(1, 0.5 * (seconds.value() - benchmark) / benchmark),
                        history.node(),
                        List.of(),
                        "durationSeconds",
                        seconds,
                        settings.factor() * benchmark,
                        "'" + history.node() + "' takes " + seconds.words()
                                + " s on average; its members' first turns at once would take "
                                + Figure.number(benchmark) + " s",
                        together.size(),
                        "Let members that do not need each other's answers work at once."));
            }
        }
        return found;
    }
}

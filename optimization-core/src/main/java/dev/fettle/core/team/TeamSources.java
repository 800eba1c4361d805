package dev.fettle.core.team;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files of team runs, sorted by team and version. The files are read twice, so that not all runs are kept. */
public final class TeamSources {
    private final List<Path> files;
    private final Map<String, Teamwork> latest = new LinkedHashMap<>();
    private final Map<String, TeamRecord.Version> versions = new LinkedHashMap<>();
    private final Map<TeamRecord.Version, Long> runs = new LinkedHashMap<>();

    /**
     * A team in its latest version.
     *
     * @param runs of this version
     * @param earlierRuns of other formations or members, which a replay cannot use
     */
    public record Teamwork(String team, Workflow workflow, long runs, long earlierRuns) {}

    private TeamSources(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** Whether all of these are files of team runs, or folders of such. */
    public static boolean areTeamRuns(List<Path> sources) {
        List<Path> files = files(sources);
        return !files.isEmpty() && files.stream().allMatch(TeamRecords::isTeamRuns);
    }

    /** Reads which teams there are. */
    public static TeamSources of(List<Path> sources) {
        TeamSources found = new TeamSources(files(sources));
        Map<String, TeamRecord> last = new LinkedHashMap<>();
        found.each(run -> {
            last.put(run.team(), run);
            found.runs.merge(run.version(), 1L, Long::sum);
        });
        last.forEach((team, run) -> {
            long all = found.runs.entrySet().stream()
                    .filter(entry -> entry.getKey().team().equals(team))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            long own = found.runs.getOrDefault(run.version(), 0L);
            found.versions.put(team, run.version());
            found.latest.put(team, new Teamwork(team, TeamTraces.workflow(run), own, all - own));
        });
        return found;
    }

    public List<Teamwork> teams() {
        return List.copyOf(latest.values());
    }

    /** Hands on the runs of a team's latest version, as traces. */
    public void traces(Teamwork team, Consumer<ExecutionTrace> consumer) {
        String node = team.workflow().entry();
        traces(team, team.workflow().id(), node, consumer);
    }

    /** The same, said to be runs of this node of this workflow. */
    public void traces(Teamwork team, String workflow, String node, Consumer<ExecutionTrace> consumer) {
        TeamRecord.Version version = versions.get(team.team());
        long[] number = {0};
        each(run -> {
            number[0]++;
            if (run.version().equals(version)) {
                consumer.accept(TeamTraces.trace(run, number[0], workflow, node));
            }
        });
    }

    /** Hands on every run of every file, in order. */
    public void each(Consumer<TeamRecord> consumer) {
        files.forEach(file -> TeamRecords.read(file, consumer));
    }

    private static List<Path> files(List<Path> sources) {
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                try (Stream<Path> inside = Files.list(source)) {
                    inside.filter(Files::isRegularFile).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new FettleException(
                            ErrorCode.BAD_INPUT, source + ": cannot be listed (" + e.getMessage() + ")", e);
                }
            } else {
                files.add(source);
            }
        }
        return files;
    }
}

package dev.fettle.core.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.core.team.TeamSources.Teamwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamSourcesTest {
    @TempDir
    Path folder;

    private static String run(String formation, boolean success, double first, double second) {
        return """
                {"team_id": "crew one", "formation": "%s", "member_count": 2, "success": %s, "duration_seconds": %s,
                 "total_tool_calls": 3, "recursion_depth": 1, "consensus_achieved": null, "members": [
                  {"role": "searcher", "success": true, "duration_seconds": %s, "tool_calls_used": 3,
                   "tools_used": ["web", "files"]},
                  {"role": "writer", "success": %s, "duration_seconds": %s, "tool_calls_used": 0,
                   "error_message": "ValueError: no text"}]}""".formatted(formation, success, first + second, first, success, second);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<ExecutionTrace> traces(TeamSources sources) {
        List<ExecutionTrace> traces = new ArrayList<>();
        Teamwork team = sources.teams().get(0);
        sources.traces(team, traces::add);
        return traces;
    }

    @Test
    void aSequenceOfMembersBecomesATraceOfATeam() throws Exception {
        Path file = file("runs.json", "[" + run("sequential", true, 2, 3) + "," + run("sequential", false, 2, 4) + "]");
        assertThat(TeamSources.areTeamRuns(List.of(file))).isTrue();
        List<ExecutionTrace> traces = traces(TeamSources.of(List.of(file)));
        assertThat(traces).hasSize(2);
        ExecutionTrace failed = traces.get(1);
        assertThat(failed.status()).isEqualTo(Status.ERROR);
        assertThat(failed.wallClock()).isEqualTo(Duration.ofSeconds(6));
        NodeOccurrence team = failed.occurrences().get(0);
        assertThat(team.kind()).isEqualTo(NodeKind.TEAM);
        assertThat(team.node()).isEqualTo("crew-one");
        NodeOccurrence writer = failed.occurrences().get(2);
        assertThat(writer.node()).isEqualTo("crew-one/writer");
        assertThat(writer.start()).isEqualTo(Duration.ofSeconds(2));
        assertThat(writer.errorType()).isEqualTo("ValueError");
        assertThat(failed.occurrences().get(1).toolCalls()).extracting("tool").containsExactly("web", "files", "web");
    }

    @Test
    void linesAndWrappedListsAreReadToo() throws Exception {
        Path lines = file(
                "runs.jsonl",
                run("parallel", true, 2, 3).replace("\n", "") + "\n"
                        + run("parallel", true, 2, 4).replace("\n", "") + "\n");
        Path wrapped = file("wrapped.json", "{\"runs\": [" + run("parallel", true, 1, 1) + "]}");
        assertThat(traces(TeamSources.of(List.of(lines, wrapped)))).hasSize(3);
    }

    @Test
    void runsOfAnotherFormationAreNotMixedWithTheLatest() throws Exception {
        Path file = file("runs.json", "[" + run("sequential", true, 2, 3) + "," + run("parallel", true, 2, 4) + "]");
        TeamSources sources = TeamSources.of(List.of(file));
        assertThat(sources.teams()).singleElement().satisfies(team -> {
            assertThat(team.runs()).isEqualTo(1);
            assertThat(team.earlierRuns()).isEqualTo(1);
        });
        assertThat(traces(sources)).hasSize(1);
    }

    @Test
    void aRunThatCannotBeUsedIsNamedWithItsPlace() throws Exception {
        Path file = file("runs.json", "[" + run("sequential", true, 2, 3) + "," + run("circle", true, 2, 3) + "]");
        assertThatThrownBy(() -> TeamSources.of(List.of(file)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("run 2")
                .hasMessageContaining("circle")
                .hasMessageContaining("consensus");
        Path negative = file("negative.json", run("parallel", true, -5, 3));
        assertThatThrownBy(() -> TeamSources.of(List.of(negative))).hasMessageContaining("duration_seconds is (-");
    }

    @Test
    void tracesAreNoTeamRuns() throws Exception {
        Path file = file("traces.json", "[{\"trace_id\": \"x\", \"spans\": []}]");
        assertThat(TeamSources.areTeamRuns(List.of(file))).isFalse();
        assertThat(TeamSources.areTeamRuns(List.of(file("broken.json", "{\"team_id\": "))))
                .isFalse();
    }
}

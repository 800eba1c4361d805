package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fettle team} on a project of the offline model and on recorded team runs; tests name known faults. */
class TeamCommandTest {
    @TempDir
    Path temp;

    private Path project = Path.of("");
    private String original = "";

    @BeforeEach
    void create() throws Exception {
        project = temp.resolve("panel");
        Files.createDirectories(project);
        String members = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> "      - {id: reader-" + i + ", model: fettle-extractive, prompt: \"{text}\"}\n")
                .collect(Collectors.joining());
        original = """
                version: 1
                id: panel-work
                inputs: [text]
                outputs: [briefing]
                nodes:
                  - id: panel
                    kind: team
                    formation: consensus
                    reads: [text]
                    writes: [briefing]
                    effects: none
                    members:
                """ + members;
        Files.writeString(project.resolve("workflow.yaml"), original);
        Files.writeString(
                project.resolve("inputs.jsonl"),
                "{\"text\": \"Bees fly. Bees make honey. Honey is sweet. Flies fly too.\"}\n");
        Files.writeString(
                project.resolve("fettle.yaml"),
                "profiling: {runs: 8, warmUp: 1}\nvalidation: {pairs: 10, warmUp: 1}\n");
    }

    private String definition() throws Exception {
        return Files.readString(project.resolve("workflow.yaml"));
    }

    private Path runs(String name, double seconds, int count) throws Exception {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(String.format(
                    Locale.ROOT,
                    "{\"team_id\": \"crew\", \"formation\": \"sequential\", \"success\": true, \"duration_seconds\": %f,"
                            + " \"members\": [{\"role\": \"a\", \"duration_seconds\": %f},"
                            + " {\"role\": \"b\", \"duration_seconds\": %f}, {\"role\": \"c\", \"duration_seconds\": %f}]}",
                    3 * seconds + 0.01 * i,
                    seconds,
                    seconds,
                    seconds));
        }
        return Files.writeString(temp.resolve(name), "[" + String.join(",\n", runs) + "]");
    }

    private static JsonNode json(CommandLineRun run) throws Exception {
        return run.json();
    }

    @Test
    void aPanelThatAlwaysAgreesIsMadeSmallerAndProvedByCost() throws Exception {
        CommandLineRun applied = CommandLineRun.of(
                "team", "apply", project.toString(), "--auto", "--metric", "cost", "--runs", "10", "--format", "json");

        assertThat(applied.exit()).as(applied.out() + applied.err()).isEqualTo(0);
        assertThat(json(applied).at("/proof/outcome").asText()).isEqualTo("PASSED");
        assertThat(json(applied).at("/proof/improvement/value").asDouble()).isGreaterThan(0.2);
        assertThat(definition()).contains("reader-4").doesNotContain("reader-5");
    }

    @Test
    void aRollbackThatOnlyLoggedAndAnOriginalThatWasNeverStored() throws Exception {
        Files.writeString(
                temp.resolve("other.yaml"),
                original.replace("maxRounds", "maxRounds").replace("reader-7", "z"));
        CommandLineRun.of(
                "apply",
                project.toString(),
                "--candidate",
                temp.resolve("other.yaml").toString());
        assertThat(definition()).isNotEqualTo(original);

        CommandLineRun back = CommandLineRun.of("team", "rollback", project.toString(), "--index", "1");

        assertThat(back.exit()).as(back.err()).isEqualTo(0);
        assertThat(definition()).isEqualTo(original);
        assertThat(CommandLineRun.of("team", "rollback", project.toString(), "--index", "9")
                        .err())
                .contains("(9)")
                .contains("1, the original, to 3");
    }

    @Test
    void anInconclusiveExperimentThatWasAppliedAllTheSame() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "team", "apply", project.toString(), "--auto", "--metric", "tool_calls", "--runs", "10");

        assertThat(run.exit())
                .as("no tool calls, so nothing can be saved; runs of milliseconds may also look slower: " + run.out())
                .isIn(1, 2);
        assertThat(definition()).isEqualTo(original);
    }

    @Test
    void onlyTheFirstSuggestionApplied() throws Exception {
        String second = original.substring(original.indexOf("  - id: panel"))
                .replace("id: panel", "id: second")
                .replace("[briefing]", "[answer]")
                .replace("reader-", "again-");
        Files.writeString(
                project.resolve("workflow.yaml"),
                original.replace("outputs: [briefing]", "outputs: [briefing, answer]") + second);

        CommandLineRun run = CommandLineRun.of(
                "team", "apply", project.toString(), "--auto", "--metric", "cost", "--runs", "10", "--format", "json");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
        assertThat(definition())
                .contains("reader-4", "again-4")
                .doesNotContain("reader-5")
                .doesNotContain("again-5");
    }

    @Test
    void aFreshProcessThatKnewNoHistory() throws Exception {
        Path candidate = Files.writeString(temp.resolve("other.yaml"), original.replace("reader-7", "z"));
        CommandLineRun.of("apply", project.toString(), "--candidate", candidate.toString());
        assertThat(definition()).isNotEqualTo(original);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.fettle.cli.Fettle",
                        "team",
                        "rollback",
                        project.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(definition()).isEqualTo(original);
    }

    @Test
    void theHistoryIsNeverChanged() throws Exception {
        Path candidate = Files.writeString(temp.resolve("other.yaml"), original.replace("reader-7", "z"));
        CommandLineRun.of("apply", project.toString(), "--candidate", candidate.toString());
        Path history = project.resolve(".fettle/history");
        String first = Files.readString(history.resolve("0001.yaml"));
        String second = Files.readString(history.resolve("0002.yaml"));

        CommandLineRun.of("team", "rollback", project.toString());
        CommandLineRun.of("team", "rollback", project.toString(), "--index", "2");

        assertThat(first).isEqualTo(original);
        assertThat(Files.readString(history.resolve("0001.yaml"))).isEqualTo(first);
        assertThat(Files.readString(history.resolve("0002.yaml"))).isEqualTo(second);
        assertThat(history.resolve("0004.yaml")).hasContent(second);
    }

    @Test
    void whatIsNotRecordedIsNotCalledFree() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "team", "suggest", "--traces", runs("runs.json", 10, 12).toString());

        assertThat(run.out()).contains("cost none recorded").doesNotContain("0.00 USD");
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        CommandLineRun run =
                CommandLineRun.of("team", "apply", project.toString(), "--dry-run", "--metric", "cost", "--runs", "10");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
        assertThat(definition()).isEqualTo(original);
        assertThat(project.resolve(".fettle/history")).doesNotExist();
    }

    @Test
    void benchmarkAndValidateThatPrintedFixedNumbers() throws Exception {
        Path slow = runs("slow.json", 10, 12);
        Path fast = runs("fast.json", 6, 12);
        CommandLineRun better = CommandLineRun.of(
                "team", "benchmark", "--before", slow.toString(), "--after", fast.toString(), "--format", "json");
        CommandLineRun worse = CommandLineRun.of(
                "team", "benchmark", "--before", fast.toString(), "--after", slow.toString(), "--format", "json");
        assertThat(json(better).at("/improvement/value").asDouble()).isBetween(0.35, 0.45);
        assertThat(json(worse).at("/improvement/value").asDouble()).isNegative();
        assertThat(CommandLineRun.of("team", "benchmark", "--before", slow.toString(), "--after", fast.toString())
                        .out())
                .containsPattern(
                        "the duration fell by 39.9 % \\(95 % interval of the saving 3\\d\\.\\d % to 4\\d\\.\\d %\\)");

        assertThat(validate(slow, fast)).isEqualTo(0);
        assertThat(validate(fast, slow)).isEqualTo(1);
        assertThat(validate(slow, runs("few.json", 6, 5))).isEqualTo(2);
    }

    private static int validate(Path before, Path after) {
        return CommandLineRun.of(
                        "team", "validate", "--runs", "10", "--before", before.toString(), "--after", after.toString())
                .exit();
    }

    @Test
    void recordedTeamRunsAreAnalyzedAndGiveSuggestions() throws Exception {
        Path runs = runs("runs.json", 10, 12);
        CommandLineRun analyzed = CommandLineRun.of("team", "analyze", "--traces", runs.toString(), "--format", "json");
        assertThat(analyzed.exit()).as(analyzed.err()).isEqualTo(0);
        JsonNode team = json(analyzed).at("/teams/0");
        assertThat(team.at("/team").asText()).isEqualTo("crew");
        assertThat(team.at("/runs").asInt()).isEqualTo(12);
        assertThat(team.at("/bottlenecks").findValuesAsText("type")).contains("team-formation");

        CommandLineRun suggested =
                CommandLineRun.of("team", "suggest", "--traces", runs.toString(), "--format", "json");
        assertThat(suggested.exit()).as(suggested.err()).isEqualTo(0);
        assertThat(json(suggested).at("/suggestions").findValuesAsText("strategy"))
                .contains("team-formation");
        assertThat(json(suggested).at("/suggestions/0/confidence").asDouble()).isGreaterThanOrEqualTo(0.6);
    }
}

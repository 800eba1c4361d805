package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    @TempDir
    Path temp;

    static Stream<List<String>> unreadableTraces() {
        String span = "{\"trace_id\":\"t1\",\"span_id\":\"%s\",\"parent_span_id\":%s,\"name\":\"a\","
                + "\"start_time\":%s,\"end_time\":%s,\"attributes\":{}}";
        String start = "1761146658415691700";
        return Stream.of(
                List.of("empty", ""),
                List.of("text", "this is not a trace"),
                List.of("cut", "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7"),
                List.of("list of numbers", "[1, 2, 3]"),
                List.of("deep", "[".repeat(10_000)),
                List.of(
                        "cycle",
                        "[{\"trace_id\":\"t1\",\"spans\":["
                                + span.formatted("1", "\"2\"", start, start)
                                + ","
                                + span.formatted("2", "\"1\"", start, start)
                                + "]}]"),
                List.of(
                        "negative duration",
                        "[{\"trace_id\":\"t1\",\"spans\":["
                                + span.formatted("1", "null", start, "1061146658415691700")
                                + "]}]"));
    }

    @ParameterizedTest
    @MethodSource("unreadableTraces")
    void tracesThatCannotBeReadEndWithCodeTwoAndOneLineThatNamesTheFile(List<String> file) throws Exception {
        Path path = Files.writeString(temp.resolve("traces.json"), file.get(1));

        CommandLineRun run = CommandLineRun.of("analyze", "--traces", path.toString());

        assertThat(run.exit()).as(file.get(0)).isEqualTo(2);
        assertThat(run.err()).contains("traces.json").doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }

    private Path span(String name) throws Exception {
        return Files.writeString(temp.resolve(name + ".json"), """
                [{"trace_id": "%1$s", "spans": [{"trace_id": "%1$s", "span_id": "1", "parent_span_id": null, "name": "%1$s",
                  "start_time": 1761146658415691700, "end_time": 1761146659415691700, "attributes": {}}]}]
                """.formatted(name));
    }

    @Test
    void theDefinitionOfAnotherWorkflowIsNoticed() throws Exception {
        Path definition = Files.writeString(temp.resolve("workflow.yaml"), """
                version: 1
                id: other
                nodes:
                  - {id: expected, kind: human, prompt: Look}
                """);

        CommandLineRun none =
                CommandLineRun.of("analyze", "--traces", span("found").toString(), "--workflow", definition.toString());
        CommandLineRun some = CommandLineRun.of(
                "analyze",
                "--traces",
                span("found").toString(),
                span("expected").toString(),
                "--workflow",
                definition.toString());

        assertThat(CommandLineRun.of("analyze", "--traces", span("found").toString())
                        .err())
                .isEmpty();
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("none of the nodes that the traces name [found]; it has [expected]");
        assertThat(some.exit()).isZero();
        assertThat(some.err()).contains("nodes that the definition does not have [found]");
    }

    @Test
    void aTextInUtf16IsNamedAsSuch() throws Exception {
        Path path = Files.writeString(temp.resolve("traces.json"), "{\"resourceSpans\":[]}", StandardCharsets.UTF_16);

        CommandLineRun run = CommandLineRun.of("analyze", "--traces", path.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("UTF-16");
    }

    @Test
    void usageErrorsEndWithCodeTwoAndSayWhatToDo() {
        assertThat(CommandLineRun.of().exit()).isEqualTo(2);
        assertThat(CommandLineRun.of("analyse", "--traces", "x").err()).contains("Maybe [analyze");
        assertThat(CommandLineRun.of("analyze").exit()).isEqualTo(2);
        assertThat(CommandLineRun.of("analyze", "--traces", "missing-folder").err())
                .contains("missing-folder");
        assertThat(CommandLineRun.of("optimize").exit()).isEqualTo(2);
        assertThat(CommandLineRun.of("optimize", "missing-project").err()).contains("missing-project");
        assertThat(CommandLineRun.of("analyze", "--traces", "x", "--format", "xml")
                        .err())
                .contains("xml");
    }

    @Test
    void everyProblemOfADefinitionIsListedWithItsPlace() throws Exception {
        Files.writeString(temp.resolve("workflow.yaml"), """
                version: 1
                id: wrong
                nodes:
                  - {id: a, kind: functoin}
                  - {id: a, kind: function, timeout: soon}
                """);

        CommandLineRun run = CommandLineRun.of("run", temp.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("workflow.yaml:4:")
                .contains("workflow.yaml:5:")
                .doesNotContain("\tat ");
    }

    @Test
    void aRunnerThatIsNotInstalledIsRefusedBeforeAnythingRuns() throws Exception {
        Files.writeString(temp.resolve("workflow.yaml"), """
                version: 1
                id: unknown-runner
                nodes:
                  - {id: first, kind: command, command: [touch, ran], reads: [], writes: [], effects: external}
                  - {id: second, kind: function, runner: no-such-runner}
                  - {id: third, kind: agent, model: no-such-model, prompt: Look}
                """);

        CommandLineRun run = CommandLineRun.of("run", temp.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no-such-runner").contains("third").contains("no-such-model");
        assertThat(temp.resolve("ran")).doesNotExist();
    }

    @Test
    void unknownSettingsAreRefusedWithTheNearestName() throws Exception {
        Files.writeString(temp.resolve("workflow.yaml"), "{version: 1, id: w, nodes: [{id: a, kind: function}]}");
        Files.writeString(temp.resolve("fettle.yaml"), "detectors: {slow-nod: {}}");

        CommandLineRun run = CommandLineRun.of("run", temp.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("slow-nod").contains("Maybe (slow-node)");
    }

    @Test
    void aNodeToKeepThatIsNotThereIsNamed() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 2);
        Files.writeString(
                project.resolve("fettle.yaml"), "profiling: {runs: 2, warmUp: 0}\nconstraints: {keepNodes: [sned]}\n");
        CommandLineRun run = CommandLineRun.of("optimize", project.toString(), "--no-validation");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("keepNodes", "(sned)", "notify", "Maybe (send)");
    }

    @Test
    void constraintsThatNothingKeepsAreNotCalledASuggestionThatDoesNotPay() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 2);
        Files.writeString(
                project.resolve("fettle.yaml"), "profiling: {runs: 2, warmUp: 0}\nconstraints: {maxCostUsd: 1e-12}\n");
        CommandLineRun run = CommandLineRun.of("optimize", project.toString(), "--no-validation");
        assertThat(run.exit()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("does not keep the constraints, and no plan that was looked at does. Searched by auto: ")
                .doesNotContain("No suggestion pays");
    }
}

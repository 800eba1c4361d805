package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final Workflow SAMPLE = SampleWorkflows.unusedNode();

    @TempDir
    Path temp;

    private String traces = "";
    private String workflow = "";

    @BeforeEach
    void record() throws Exception {
        traces = Traces.write(WorkflowSimulator.of(SAMPLE).traces(30), temp.resolve("traces.jsonl"))
                .toString();
        workflow = Files.writeString(temp.resolve("workflow.yaml"), WorkflowWriter.toYaml(SAMPLE))
                .toString();
    }

    private CommandLineRun explain(String strategy, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "explain";
        arguments[1] = strategy;
        arguments[2] = "--traces";
        arguments[3] = traces;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandLineRun.of(arguments);
    }

    @Test
    void aStrategyThatFiredShowsItsSuggestionAndTheRuleThatLedToIt() throws Exception {
        CommandLineRun run = explain("prune-unused", "--workflow", workflow, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.path("fired").asBoolean()).isTrue();
        assertThat(json.path("needs").asText()).contains("declared state");
        assertThat(json.at("/suggestions/0/id").asText()).isEqualTo("prune-unused:lint");
        assertThat(json.at("/bottlenecks/unused-output").asInt()).isEqualTo(1);
        assertThat(rule(json, "unused-output").path("gave").asInt()).isEqualTo(1);
        assertThat(rule(json, "prune-unused").path("looked").asInt()).isEqualTo(1);
        assertThat(rule(json, "prune-unused").path("gave").asInt()).isEqualTo(1);
        assertThat(json.path("rules"))
                .allMatch(rule ->
                        rule.path("seconds").isDouble() && rule.path("seconds").asDouble() >= 0);
    }

    private static JsonNode rule(JsonNode json, String name) {
        for (JsonNode rule : json.path("rules")) {
            if (rule.path("name").asText().equals(name)) {
                return rule;
            }
        }
        throw new AssertionError("no rule (" + name + ") in " + json.path("rules"));
    }

    @Test
    void aStrategyThatLooksAtOtherBottlenecksSaysSo() {
        CommandLineRun run = explain("prune-failing", "--workflow", workflow);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("prune-failing: it did not fire: none of the bottlenecks that were found is of a type")
                .contains("It needs a success rate under a half")
                .contains("looked at 0 bottlenecks, made 0 suggestions");
    }

    @Test
    void evidenceThatIsMissingCanBeSeenInWhatIsKnown() throws Exception {
        Traces.write(WorkflowSimulator.of(SAMPLE).failing("lint", 0.3).traces(30), Path.of(traces));

        CommandLineRun run = explain("prune-failing");

        assertThat(run.out())
                .contains(
                        "it did not fire: the bottleneck that it looks at does not come with the evidence that it needs")
                .contains("What stopped it at 1 place")
                .contains("   1  succeeds in 0.5 of its outcomes or more: lint")
                .contains("'lint': ")
                .contains("state not declared")
                .contains("effects, those of its tools included: unknown");
    }

    @Test
    void aProjectIsRunForIt() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 4);
        Files.writeString(project.resolve("fettle.yaml"), "profiling: {runs: 4, warmUp: 0}\n");

        CommandLineRun run = CommandLineRun.of("explain", "parallelize", project.toString(), "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().path("strategy").asText()).isEqualTo("parallelize");
        assertThat(rule(run.json(), "slow-node").path("looked").asInt()).isEqualTo(3);
        assertThat(SmallProject.sent(project)).isEqualTo(4);
        assertThat(run.err()).contains("have external or undeclared effects");
    }

    @Test
    void whatIsMissingOnTheCommandLineIsNamed() {
        assertThat(CommandLineRun.of("explain").err())
                .contains("no strategy is named")
                .contains("fettle plugins");
        assertThat(CommandLineRun.of("explain", "prune-unused").err())
                .contains("nothing to look at; expected a project");
        CommandLineRun wrong = explain("prune-unsed");
        assertThat(wrong.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(wrong.err()).contains("there is no plugin (prune-unsed) among the strategies. Maybe (prune-unused)");
    }
}

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

/** The example plugin, dropped into a plugins folder as its README says. */
class HelloStrategyTest {
    private static final Path EXAMPLE = CommandLineRun.root().resolve("examples/hello-strategy");

    @TempDir
    Path temp;

    private String plugins = "";
    private String traces = "";
    private String workflow = "";

    @BeforeEach
    void dropTheJarIntoAFolder() throws Exception {
        Workflow sample = SampleWorkflows.unusedNode();
        plugins = PluginJar.folder(EXAMPLE, temp, "1.0.0").toString();
        traces = Traces.write(
                        WorkflowSimulator.of(sample).failing("lint", 0.3).traces(30), temp.resolve("traces.jsonl"))
                .toString();
        workflow = Files.writeString(temp.resolve("workflow.yaml"), WorkflowWriter.toYaml(sample))
                .toString();
    }

    @Test
    void itIsListedWithItsOriginVersionAndSettings() throws Exception {
        CommandLineRun run = CommandLineRun.of("plugins", "--plugins", plugins, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        for (JsonNode plugin : run.json().path("plugins")) {
            if (plugin.path("name").asText().equals("hello-timeout")) {
                assertThat(plugin.path("kind").asText()).isEqualTo("strategy");
                assertThat(plugin.path("origin").asText()).endsWith("hello-strategy-1.0.0.jar");
                assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
                assertThat(plugin.at("/settings/minRuns").asInt()).isEqualTo(20);
                return;
            }
        }
        throw new AssertionError("not listed: " + run.out());
    }

    @Test
    void theNextOptimizationHasItsSuggestion() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "optimize",
                "--traces",
                traces,
                "--workflow",
                workflow,
                "--plugins",
                plugins,
                "--output",
                temp.resolve("out").toString(),
                "--format",
                "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().path("suggestions").findValuesAsText("id")).contains("hello-timeout:lint");
    }

    @Test
    void thePluginsFolderOfAProjectNeedsNoConfiguration() throws Exception {
        CommandLineRun run = CommandLineRun.of("plugins", temp.toString());
        CommandLineRun named = CommandLineRun.of("plugins", temp.toString(), "--plugins", plugins);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("hello-timeout");
        assertThat(named.out()).as("the same folder, named too").isEqualTo(run.out());
    }

    @Test
    void aSettingThatItsRecordRefusesIsNamedAtStartUp() throws Exception {
        Path config = Files.writeString(
                temp.resolve("fettle.yaml"),
                "plugins: [" + temp.relativize(Path.of(plugins)) + "]\nstrategies: {hello-timeout: {minRuns: 0}}\n");

        CommandLineRun run =
                CommandLineRun.of("analyze", "--traces", traces, "--workflow", workflow, "--config", config.toString());

        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("strategies.hello-timeout").contains("minRuns is (0); expected at least 1");
    }

    @Test
    void itStaysUnderEightyLines() throws Exception {
        assertThat(Files.readAllLines(EXAMPLE.resolve("src/main/java/com/example/hello/HelloTimeout.java")))
                .hasSizeLessThan(80);
    }
}

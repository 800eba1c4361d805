package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ApplyCommandTest {
    private static final String CHANGES = """
            [ { "suggestion": "drop", "changes": [ { "type": "remove_node", "node": "summarize" } ] },
              { "suggestion": "tune", "changes": [ { "type": "set_parameter", "node": "send", "name": "limit", "value": 3 } ] } ]
            """;

    @TempDir
    Path temp;

    private Path project = Path.of("");
    private String original = "";

    @BeforeEach
    void create() throws Exception {
        project = SmallProject.create(temp.resolve("project"), 5);
        original = Files.readString(project.resolve("workflow.yaml"));
        Files.writeString(
                temp.resolve("changes.json"),
                CHANGES.replace(
                        "{ \"type\": \"remove_node\", \"node\": \"summarize\" }",
                        "{ \"type\": \"set_parameter\", \"node\": \"greet\", \"name\": \"size\", \"value\": 2 }"));
    }

    private Path history(String name) {
        return project.resolve(".fettle/history").resolve(name);
    }

    @Test
    void aPlanIsWrittenAndTheOriginalStaysVersionOne() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "apply",
                project.toString(),
                "--plan",
                temp.resolve("changes.json").toString(),
                "--format",
                "json");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.json().at("/version").asInt()).isEqualTo(2);
        assertThat(run.json().at("/applied").size()).isEqualTo(2);
        String now = Files.readString(project.resolve("workflow.yaml"));
        assertThat(now).contains("size: 2").contains("limit: 3");
        assertThat(Files.readString(history("0001.yaml"))).isEqualTo(original);
        assertThat(Files.readString(history("0002.yaml"))).isEqualTo(now);
        assertThat(Files.readString(history("0002.patch"))).startsWith("--- a/workflow.yaml\n+++ b/workflow.yaml\n@@");
    }

    @Test
    void goingBackIsAVersionToo() throws Exception {
        CommandLineRun.of(
                "apply",
                project.toString(),
                "--plan",
                temp.resolve("changes.json").toString());

        CommandLineRun back = CommandLineRun.of(
                "apply", project.toString(), "--candidate", history("0001.yaml").toString(), "--format", "json");

        assertThat(back.json().at("/version").asInt()).isEqualTo(3);
        assertThat(Files.readString(project.resolve("workflow.yaml"))).isEqualTo(original);
    }

    @Test
    void whatWasEditedByHandIsKeptBeforeItIsReplaced() throws Exception {
        CommandLineRun.of(
                "apply",
                project.toString(),
                "--plan",
                temp.resolve("changes.json").toString());
        String edited = Files.readString(project.resolve("workflow.yaml")) + "# by hand\n";
        Files.writeString(project.resolve("workflow.yaml"), edited);

        CommandLineRun.of(
                "apply", project.toString(), "--candidate", history("0001.yaml").toString());

        assertThat(Files.readString(history("0003.yaml"))).isEqualTo(edited);
        assertThat(Files.readString(history("0004.yaml"))).isEqualTo(original);
    }

    @Test
    void aChangeThatCannotBeAppliedLeavesEverythingAsItIs() throws Exception {
        Files.writeString(
                temp.resolve("changes.json"),
                "[{\"suggestion\": \"a\", \"changes\": [{\"type\": \"set_parameter\", \"node\": \"nowhere\","
                        + " \"name\": \"x\", \"value\": 1}]}]");

        CommandLineRun run = CommandLineRun.of(
                "apply",
                project.toString(),
                "--plan",
                temp.resolve("changes.json").toString());

        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("nowhere");
        assertThat(Files.readString(project.resolve("workflow.yaml"))).isEqualTo(original);
        assertThat(history("0001.yaml")).doesNotExist();
    }

    private String interactive(String typed) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                100);
        var input = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        new CommandLine(new ApplyCommand(terminal, input))
                .setExecutionExceptionHandler((exception, command, result) -> {
                    terminal.tell(String.valueOf(exception.getMessage()));
                    return 1;
                })
                .execute(
                        project.toString(),
                        "--plan",
                        temp.resolve("changes.json").toString(),
                        "--interactive");
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPersonChoosesAmongSuggestions() throws Exception {
        String shown = interactive("n\nview\ny\n");

        assertThat(shown).contains("drop").contains("tune").contains("+++ b/workflow.yaml");
        assertThat(Files.readString(project.resolve("workflow.yaml")))
                .contains("limit: 3")
                .doesNotContain("size: 2");
    }

    @Test
    void aPersonWhoQuitsLeavesEverythingAsItIs() throws Exception {
        assertThat(interactive("y\nq\n")).contains("nothing was written");
        assertThat(Files.readString(project.resolve("workflow.yaml"))).isEqualTo(original);
    }
}

package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another version of a workflow of scripts is validated against a recording. */
class ValidateCommandTest {
    @TempDir
    Path temp;

    private Path project;
    private Path recording;

    @BeforeEach
    void create() throws IOException {
        project = Files.createDirectories(temp.resolve("project"));
        recording = temp.resolve("r.gz");
        Files.createDirectories(project.resolve("scripts"));
        script("strict.sh", "if grep -q bad; then exit 1; fi; echo '{\"checked\": 1}'");
        script("quick.sh", "cat > /dev/null; echo '{\"checked\": 1}'");
        script("lenient.sh", "cat > /dev/null; sleep 0.1; echo '{\"checked\": 1}'");
        Files.writeString(project.resolve("workflow.yaml"), workflow());
        Files.writeString(
                project.resolve("inputs.jsonl"),
                "{\"text\": \"bad\", \"k\": 1}\n{\"text\": \"b\", \"k\": 2}\n{\"text\": \"c\", \"k\": 200}\n{\"text\": \"d\", \"k\": 300}\n");
        Files.writeString(project.resolve("fettle.yaml"), "validation: {pairs: 12, warmUp: 0}\n");
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(project.resolve("scripts").resolve(name), text + "\n");
    }

    private static String workflow() {
        return """
                version: 1
                id: sending
                inputs: [text, k]
                outputs: [out]
                tools:
                  - name: mail
                    runner: command
                    effects: external
                    settings: {command: [sh, -c, 'cat > /dev/null; echo 1']}
                nodes:
                  - {id: quick, kind: command, command: [sh, scripts/quick.sh], environment: [PATH], reads: [text], writes: [checked],
                     effects: none}
                  - {id: slow, kind: command, command: [sh, scripts/lenient.sh], environment: [PATH], reads: [text], writes: [checked],
                     effects: none}
                  - {id: check, kind: command, command: [sh, scripts/strict.sh], environment: [PATH], reads: [text], writes: [checked],
                     effects: none}
                  - {id: send, kind: tool, tool: mail, arguments: {of: checked}, reads: [checked], writes: [sent]}
                  - {id: big, kind: condition, compare: {key: k, operator: less-than, value: 100}, reads: [k], effects: none}
                  - {id: few, kind: command, command: [sh, -c, 'cat > /dev/null; echo "{\\"out\\": 1}"'], environment: [PATH], reads: [k],
                     writes: [out], effects: none}
                  - {id: many, kind: command, command: [sh, -c, 'cat > /dev/null; echo "{\\"out\\": 2}"'], environment: [PATH], reads: [k],
                     writes: [out], effects: none}
                edges:
                  - {from: quick, to: slow}
                  - {from: slow, to: check}
                  - {from: check, to: send}
                  - {from: send, to: big}
                  - {from: big, to: few, when: "true"}
                  - {from: big, to: many, when: "false"}
                """;
    }

    private JsonNode validate(String candidate, int exit) throws IOException {
        CommandLineRun.of("record", project.toString(), "--out", recording.toString());
        Path file = project.resolve("candidate.yaml");
        Files.writeString(file, candidate);
        CommandLineRun run = CommandLineRun.of(
                "validate",
                project.toString(),
                "--candidate",
                file.toString(),
                "--recording",
                recording.toString(),
                "--output",
                temp.resolve("out").toString(),
                "--format",
                "json");
        assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(exit);
        JsonNode all = run.json();
        assertThat(all.path("verdict")).isEqualTo(all.path("validation").path("verdict"));
        assertThat(all.path("hashes"))
                .isNotEmpty()
                .isEqualTo(Json.mapper()
                        .readTree(Path.of(all.path("certificate").asText()).toFile())
                        .path("hashes"));
        return all.path("validation");
    }

    @Test
    void whatAFailureOfTheOriginalHeldBackMayNotHappen() throws Exception {
        JsonNode validation =
                validate(workflow().replace("scripts/strict.sh", "scripts/lenient.sh"), ExitCode.CHECK_FAILED);

        assertThat(validation.path("verdict").asText())
                .as(validation.toString())
                .isEqualTo("REJECT");
        assertThat(validation.path("reasons").toString())
                .contains("effects: where a run failed, they were not the same in 5 of 5 pairs that asked again");
        assertThat(validation.path("differences").toString()).contains("where a run failed: the effect of node 'send'");
    }

    /** No input lies between both thresholds, so nothing was seen to differ. */
    @Test
    void aConditionThatDecidesOtherwiseIsNeverApproved() throws Exception {
        String faster =
                workflow().replace("value: 100", "value: 150").replace("scripts/lenient.sh", "scripts/quick.sh");

        JsonNode validation = validate(faster, ExitCode.DONE);

        assertThat(validation.path("verdict").asText())
                .as(validation.toString())
                .isEqualTo("CONDITIONAL");
        assertThat(validation.path("reasons").toString()).contains("the condition 'big' decides by something else");
    }

    @Test
    void otherScriptsBesideTheCandidateAreNotOverlooked() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere/scripts"));
        Files.writeString(elsewhere.resolve("strict.sh"), "echo '{\"checked\": 2}'\n");
        Path candidate = temp.resolve("elsewhere/candidate.yaml");
        Files.writeString(candidate, workflow());

        CommandLineRun run = CommandLineRun.of("validate", project.toString(), "--candidate", candidate.toString());

        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("elsewhere/scripts/strict.sh: differs from the project's");
    }

    @Test
    void aVersionIsAppliedWithTheCertificateOfItsRecording() throws Exception {
        String faster = workflow().replace("scripts/lenient.sh", "scripts/quick.sh");
        validate(faster, ExitCode.DONE);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"e\", \"k\": 7}\n");
        String certificate = temp.resolve("out/certificate.json").toString();
        String[] apply = {
            "apply",
            project.toString(),
            "--candidate",
            project.resolve("candidate.yaml").toString(),
            "--certificate",
            certificate,
            "--agreed"
        };

        CommandLineRun without = CommandLineRun.of(apply);
        String[] named = Arrays.copyOf(apply, apply.length + 2);
        named[apply.length] = "--recording";
        named[apply.length + 1] = recording.toString();
        CommandLineRun with = CommandLineRun.of(named);

        assertThat(without.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(without.err()).contains("it is the recording's; give the recording", "Nothing was written");
        assertThat(with.exit()).as(with.err()).isEqualTo(ExitCode.DONE);
        assertThat(project.resolve("workflow.yaml")).hasContent(faster);
    }
}

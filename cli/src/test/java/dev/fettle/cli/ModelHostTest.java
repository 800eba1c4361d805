package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that asks its model at another host sends its data there. */
class ModelHostTest {
    private static final String DEFINITION = """
            version: 1
            id: ask
            inputs: [text]
            outputs: [answer]
            nodes:
              - {id: ask, kind: agent, model: %s, prompt: "Answer {text}", reads: [text], writes: [answer], effects: none}
            """;
    private static final String CONFIGURATION = """
            executors:
              langgraph4j:
                endpoints:
                  own: {baseUrl: "http://127.0.0.1:9/v1"}
                  near: {baseUrl: "http://127.0.0.1:9/v1"}
                  elsewhere: {baseUrl: "http://127.0.0.2:9/v1"}
            validation: {pairs: 5, warmUp: 0, allowHosts: [%s]}
            """;

    @TempDir
    Path project;

    private String validated(String model, String allowed) throws Exception {
        Files.writeString(project.resolve("workflow.yaml"), DEFINITION.formatted("own"));
        Files.writeString(project.resolve("candidate.yaml"), DEFINITION.formatted(model));
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
        Files.writeString(project.resolve("fettle.yaml"), CONFIGURATION.formatted(allowed));
        CommandLineRun run = CommandLineRun.of(
                "validate",
                project.toString(),
                "--candidate",
                project.resolve("candidate.yaml").toString(),
                "--output",
                project.resolve("out").toString());
        return run.out() + run.err();
    }

    @Test
    void aCandidateThatAsksAtAnotherHostIsRejectedUnlessThatIsAllowed() throws Exception {
        assertThat(validated("elsewhere", "")).contains("REJECT", "the host '127.0.0.2:9'", "validation.allowHosts");
        assertThat(validated("elsewhere", "\"127.0.0.2:9\"")).doesNotContain("127.0.0.2:9'");
        assertThat(validated("near", "")).doesNotContain("could reach");
    }
}

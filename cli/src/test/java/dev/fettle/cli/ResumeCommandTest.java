package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {
    @TempDir
    Path temp;

    private Path out = Path.of("");

    @BeforeEach
    void project() throws Exception {
        out = temp.resolve("out");
        Files.writeString(temp.resolve("workflow.yaml"), """
                version: 1
                id: release
                inputs: [text]
                outputs: [sent, answer]
                nodes:
                  - {id: count, kind: command, command: [sh, -c, 'cat > /dev/null; echo x >> counted; echo "{\\"n\\": 7}"'],
                     environment: [PATH], reads: [text], writes: [n], effects: external}
                  - {id: part, kind: sub-workflow, reference: part/ask.yaml, reads: [n], writes: [answer]}
                  - {id: send, kind: command, command: [sh, -c, 'cat > /dev/null; echo "{\\"sent\\": true}"'],
                     environment: [PATH], reads: [answer], writes: [sent], effects: external}
                """);
        Files.createDirectories(temp.resolve("part"));
        Files.writeString(temp.resolve("part/ask.yaml"), """
                version: 1
                id: ask
                inputs: [n]
                outputs: [answer]
                nodes:
                  - {id: person, kind: human, prompt: "Send {n} mails?", reads: [n], writes: [answer]}
                """);
        Files.writeString(temp.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
    }

    private CommandLineRun run(String... more) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of("run", temp.toString(), "--output", out.toString(), "--format", "json"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void aRunPausesAndTheAnswerFinishesIt() throws Exception {
        CommandLineRun paused = run("--pause");
        assertThat(paused.exit()).as(paused.err()).isEqualTo(ExitCode.PAUSED);
        assertThat(paused.json().at("/failed").asInt()).isZero();
        assertThat(paused.json().at("/paused/0/questions/0/id").asText()).isEqualTo("part/person");
        assertThat(paused.json().at("/paused/0/questions/0/prompt").asText()).isEqualTo("Send 7 mails?");
        String file = paused.json().at("/paused/0/checkpoint").asText();

        CommandLineRun shown = CommandLineRun.of("resume", file);
        assertThat(shown.exit()).isEqualTo(ExitCode.PAUSED);
        assertThat(shown.out()).contains("Send 7 mails?").contains("fettle resume " + file);

        CommandLineRun wrong = CommandLineRun.of("resume", file, "--answer", "send=yes");
        assertThat(wrong.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(wrong.err()).contains("(send=yes)", "none of the questions", "[part/person]");

        CommandLineRun done = CommandLineRun.of("resume", file, "--answer", "yes, all", "--format", "json");
        assertThat(done.exit()).as(done.err()).isEqualTo(ExitCode.DONE);
        assertThat(done.json().at("/status").asText()).isEqualTo("ok");
        assertThat(done.json().at("/output/answer").asText()).isEqualTo("yes, all");
        assertThat(done.json().at("/output/sent").asBoolean()).isTrue();
        assertThat(Files.readAllLines(temp.resolve("counted"))).hasSize(1);
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void tracesGoToAFileAndToACollectorAsOtlp() throws Exception {
        Files.writeString(temp.resolve("fettle.yaml"), "executors: {langgraph4j: {unattended: default}}\n");
        Path ask = temp.resolve("part/ask.yaml");
        Files.writeString(
                ask,
                Files.readString(ask).replace("writes: [answer]}", "writes: [answer], parameters: {default: ok}}"));
        Path file = temp.resolve("otlp.jsonl");
        Path record = temp.resolve("native.jsonl");
        assertThat(run("--export-otlp", file.toString(), "--record", record.toString())
                        .exit())
                .isEqualTo(ExitCode.DONE);
        JsonNode exported = CommandLineRun.of("analyze", "--traces", file.toString(), "--format", "json")
                .json();
        JsonNode recorded = CommandLineRun.of("analyze", "--traces", record.toString(), "--format", "json")
                .json();
        assertThat(exported.at("/profile")).isEqualTo(recorded.at("/profile"));
        assertThat(exported.at("/profile").isMissingNode()).isFalse();

        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(bodies.size() > 1 ? 503 : 200, -1);
            exchange.close();
        });
        collector.start();
        try {
            String address = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
            assertThat(run("--export-otlp", address).exit()).isEqualTo(ExitCode.DONE);
            assertThat(bodies).singleElement().asString().contains("gen_ai.operation.name");
            CommandLineRun refused = run("--export-otlp", address);
            assertThat(refused.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(refused.err()).contains("it answered 503");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void pausedRunsDoNotOverwriteEachOther() throws Exception {
        String first = run("--pause").json().at("/paused/0/checkpoint").asText();
        String second = run("--pause").json().at("/paused/0/checkpoint").asText();
        assertThat(second).isNotEqualTo(first);
        assertThat(Path.of(first)).exists();
        assertThat(Path.of(second)).exists();
        try (Stream<Path> files = Files.list(out.resolve("paused"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void withoutATerminalNobodyIsAskedAndTheRunFailsWithTheReason() throws Exception {
        CommandLineRun run = run();
        assertThat(run.exit()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.json().at("/errors/0").asText()).contains("part/person").contains("nobody attends");
    }

    @Test
    void theDefaultAnswersWhereTheConfigurationSaysSo() throws Exception {
        Files.writeString(temp.resolve("fettle.yaml"), "executors: {langgraph4j: {unattended: default}}\n");
        Path ask = temp.resolve("part/ask.yaml");
        Files.writeString(
                ask,
                Files.readString(ask).replace("writes: [answer]}", "writes: [answer], parameters: {default: ok}}"));
        CommandLineRun run = run();
        assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aSubWorkflowOutsideTheProjectIsRefused() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("project"));
        Files.writeString(outside.resolve("workflow.yaml"), """
                version: 1
                id: outside
                inputs: [n]
                outputs: [answer]
                nodes:
                  - {id: part, kind: sub-workflow, reference: ../part/ask.yaml, reads: [n], writes: [answer]}
                """);
        Files.writeString(outside.resolve("inputs.jsonl"), "{\"n\": 1}\n");
        CommandLineRun run = CommandLineRun.of("run", outside.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("(../part/ask.yaml)").contains("outside the project folder");
    }

    @Test
    void aFileThatIsNoCheckpointIsRefused() throws Exception {
        Path file = Files.writeString(temp.resolve("other.json"), "{\"a\": 1}");
        CommandLineRun run = CommandLineRun.of("resume", file.toString(), "--answer", "x");
        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("other.json").contains("expected a file that (fettle run) wrote");
        assertThat(CommandLineRun.of("resume", temp.resolve("none.json").toString())
                        .exit())
                .isEqualTo(ExitCode.BAD_INPUT);
    }
}

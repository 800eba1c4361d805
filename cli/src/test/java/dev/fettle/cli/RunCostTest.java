package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of its cost, with a server that counts tokens or does not. */
class RunCostTest {
    @TempDir
    Path project;

    private HttpServer server;
    private String usage = "";

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer =
                    ("{\"id\": \"1\", \"model\": \"gpt-4o\", \"choices\": [{\"index\": 0, \"finish_reason\": \"stop\","
                                    + " \"message\": {\"role\": \"assistant\", \"content\": \"Yes.\"}}]" + usage + "}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.writeString(project.resolve("workflow.yaml"), """
                version: 1
                id: ask
                inputs: [text]
                outputs: [answer]
                nodes:
                  - {id: ask, kind: agent, model: gpt-4o, prompt: "Answer {text}", reads: [text], writes: [answer], effects: none}
                """);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
        Files.writeString(
                project.resolve("fettle.yaml"),
                "executors: {langgraph4j: {endpoints: {gpt-4o: {baseUrl: \"http://127.0.0.1:"
                        + server.getAddress().getPort() + "/v1\"}}}}\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCostThatNobodyKnowsIsNotSaidToBeNothing() throws Exception {
        JsonNode json =
                CommandLineRun.of("run", project.toString(), "--format", "json").json();
        CommandLineRun text = CommandLineRun.of("run", project.toString());

        assertThat(json.path("usd").isNull()).as(json.toString()).isTrue();
        assertThat(json.at("/unpricedModels/0").asText()).isEqualTo("gpt-4o");
        assertThat(text.out())
                .as(text.err())
                .contains("cost not known", "the server counted no tokens", "[gpt-4o]")
                .doesNotContain("USD", "without a known price");
    }

    @Test
    void aCostThatTheServersTokensGiveIsSaid() throws Exception {
        usage = ", \"usage\": {\"prompt_tokens\": 1000, \"completion_tokens\": 10, \"total_tokens\": 1010}";

        JsonNode json =
                CommandLineRun.of("run", project.toString(), "--format", "json").json();
        CommandLineRun text = CommandLineRun.of("run", project.toString());

        assertThat(json.path("usd").asDouble()).as(json.toString()).isPositive();
        assertThat(json.path("unpricedModels")).isEmpty();
        assertThat(text.out()).contains("USD in all (by the price table)").doesNotContain("not known");
    }
}

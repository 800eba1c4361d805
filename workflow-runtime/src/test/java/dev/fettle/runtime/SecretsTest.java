package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.content.RedactionSettings;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.tool.McpServerProgram;
import dev.fettle.runtime.tool.command.CommandTool;
import dev.fettle.runtime.tool.mcp.McpTool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Uses PATH as the secret: a variable that is there wherever tests run. */
class SecretsTest {
    private static final String SECRET = Objects.requireNonNull(System.getenv("PATH"));

    /** Fails with the secret in its message, or gives it back. */
    private static final class Leaky implements ToolRunner {
        @Override
        public String name() {
            return "leaky";
        }

        @Override
        public Object call(ToolContext context) {
            String secret = context.secret("PATH").orElseThrow();
            if (context.arguments().containsKey("fail")) {
                throw new IllegalStateException("refused: " + secret);
            }
            return secret;
        }
    }

    private static Workflow calling(Map<String, Object> arguments) {
        Node node = Node.builder("n", new NodeBody.Tool("leaky", Map.of("password", "password", "fail", "fail")))
                .state(List.copyOf(arguments.keySet()), List.of("out"))
                .effects(Effects.NONE)
                .build();
        Workflow chain = Bench.chain(arguments.keySet(), Set.of("out"), node);
        ToolSpec tool = new ToolSpec("leaky", Set.of(), "leaky", Effects.NONE, Map.of(), null, false);
        return new Workflow(
                chain.id(),
                chain.entry(),
                chain.inputs(),
                Set.of("out"),
                chain.nodes(),
                List.of(),
                List.of(tool),
                false);
    }

    private static ExecutionResult run(RedactionSettings redaction, Map<String, Object> input) {
        RuntimeSettings settings = Settings.with(change -> change.redaction = redaction);
        return new Bench().tool(new Leaky()).settings(settings).run(calling(input), input);
    }

    private static ToolCall call(ExecutionResult result) {
        return Bench.occurrence(result, "n").toolCalls().get(0);
    }

    @Test
    void aSecretNeverEntersAMessageOrATrace() {
        ExecutionResult result = run(RedactionSettings.DEFAULT, Map.of("fail", "yes"));

        assertThat(result.error()).contains("refused: [redacted]").doesNotContain(SECRET);
        assertThat(result.trace().toString()).doesNotContain(SECRET);
    }

    @Test
    void argumentsThatHoldASecretAreHashedAndNotKept() {
        ExecutionResult secret = run(RedactionSettings.DEFAULT, Map.of("password", "hunter22"));
        ExecutionResult harmless = run(RedactionSettings.DEFAULT, Map.of("fail", "yes"));
        ExecutionResult trusted =
                run(new RedactionSettings(false, List.of(), List.of()), Map.of("password", "hunter22"));

        assertThat(secret.error()).isNull();
        assertThat(call(secret).arguments()).isNull();
        assertThat(call(secret).argumentHash()).isEqualTo(call(trusted).argumentHash());
        assertThat(secret.trace().toString()).doesNotContain("hunter22");
        assertThat(call(harmless).arguments()).isEqualTo("{\"fail\":\"yes\"}");
        assertThat(call(trusted).arguments()).contains("hunter22");
    }

    @Test
    void aSecretNeverEntersARecording() {
        List<RecordedCall> recorded = new ArrayList<>();
        Map<String, Object> input = Map.of("fail", "yes");

        new Bench()
                .tool(new Leaky())
                .effects(new EffectPolicy.Perform(recorded::add))
                .run(calling(input), input);

        assertThat(recorded).isNotEmpty();
        assertThat(recorded.toString()).contains("refused: [redacted]").doesNotContain(SECRET);
    }

    /** What the process says twice: in a message, and as the recorded result. */
    private static String told(RedactionSettings redaction, String runner, Map<String, Object> settings) {
        List<RecordedCall> recorded = new ArrayList<>();
        Node node = Node.builder("n", new NodeBody.Tool("tool", Map.of("name", "name")))
                .state(List.of("name"), List.of("out"))
                .effects(Effects.NONE)
                .build();
        ToolSpec tool = new ToolSpec("tool", "", Set.of(), runner, Effects.NONE, Map.of(), null, false, settings);
        Workflow workflow = new Workflow(
                "test", "n", Set.of("name"), Set.of("out"), List.of(node), List.of(), List.of(tool), false);
        ExecutionResult result = new Bench()
                .tool(new CommandTool())
                .tool(new McpTool())
                .settings(Settings.with(change -> change.redaction = redaction))
                .effects(new EffectPolicy.Perform(recorded::add))
                .run(workflow, Map.of("name", "PATH"));
        return result.error() + recorded;
    }

    private static final RedactionSettings PATH_IS_SECRET = new RedactionSettings(true, List.of("Path"), List.of());

    @Test
    void aProcessThatIsPassedASecretCannotTellIt() {
        Map<String, Object> saying =
                Map.of("command", List.of("sh", "-c", "echo $PATH"), "environment", List.of("PATH"), "output", "text");
        Map<String, Object> failing = Map.of(
                "command", List.of("sh", "-c", "echo because $PATH >&2; exit 3"), "environment", List.of("PATH"));
        Map<String, Object> server =
                Map.of("command", McpServerProgram.command(), "environment", List.of("PATH"), "tool", "environment");

        assertThat(told(PATH_IS_SECRET, "command", saying))
                .contains("[redacted]")
                .doesNotContain(SECRET);
        assertThat(told(PATH_IS_SECRET, "command", failing))
                .contains("because [redacted]")
                .doesNotContain(SECRET);
        assertThat(told(PATH_IS_SECRET, "mcp", server)).contains("[redacted]").doesNotContain(SECRET);
    }

    @Test
    void aVariableThatAProcessIsPassedAndThatIsNotNamedLikeASecretIsNone() {
        Map<String, Object> saying =
                Map.of("command", List.of("sh", "-c", "echo $PATH"), "environment", List.of("PATH"), "output", "text");
        Map<String, Object> server =
                Map.of("command", McpServerProgram.command(), "environment", List.of("PATH"), "tool", "environment");

        assertThat(told(RedactionSettings.DEFAULT, "command", saying)).contains(SECRET);
        assertThat(told(RedactionSettings.DEFAULT, "mcp", server)).contains(SECRET);
    }

    @Test
    void aUserAddsKeysAndPatterns() {
        RedactionSettings more = new RedactionSettings(true, List.of("fail"), List.of("ref[a-z]+"));

        ExecutionResult result = run(more, Map.of("fail", "yes"));

        assertThat(call(result).arguments()).isNull();
        assertThat(result.error()).doesNotContain("refused");
    }

    @Test
    void theKeyOfAModelIsSentAndNeverTold() {
        try (ModelServer server = new ModelServer()) {
            server.then(ModelServer.status(403, "{\"error\": {\"message\": \"bad key " + SECRET + "\"}}", Map.of()));
            Node node = Node.builder("ask", new NodeBody.Agent("gpt-test", "Hello"))
                    .state(List.of(), List.of("out"))
                    .effects(Effects.NONE)
                    .build();
            RuntimeSettings settings = Settings.with(change -> change.endpoints =
                    Map.of("gpt-test", new Endpoint(server.address() + "/v1", "PATH", null, Duration.ofSeconds(30))));

            ExecutionResult result =
                    new Bench().settings(settings).run(Bench.chain(Set.of(), Set.of("out"), node), Map.of());

            assertThat(server.authorization()).containsExactly("Bearer " + SECRET);
            assertThat(result.error()).contains("bad key [redacted]").doesNotContain(SECRET);
        }
    }
}

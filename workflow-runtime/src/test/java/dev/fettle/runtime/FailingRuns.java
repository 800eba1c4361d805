package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.tool.http.HttpTool;
import dev.fettle.runtime.tool.mcp.McpTool;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs that fail: in the program, by a timeout, by their caller, in processes and on servers that misbehave. */
final class FailingRuns implements AutoCloseable {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final int WAIT_MILLIS = 30;

    private static final String MODEL = "gpt-test";
    private static final String HALF = ModelServer.chunk("{\"role\": \"assistant\", \"content\": \"It is \"}", null);

    private final AtomicInteger asked = new AtomicInteger();
    private final ModelServer endings = new ModelServer()
            .then(inTurn(
                    ModelServer.cutOff(),
                    ModelServer.stream(List.of(HALF), false),
                    ModelServer.status(500, "overloaded", Map.of())));
    private final ModelServer refusing =
            new ModelServer().then(inTurn(ModelServer.cutOff(), ModelServer.status(500, "overloaded", Map.of())));
    private final ModelServer calling =
            new ModelServer().then(ModelServer.tools(List.of(new ModelServer.Asked("a", "silent", "{}")), 1, 1));
    private final SilentServer silent = new SilentServer();

    private ModelServer.Reply inTurn(ModelServer.Reply... replies) {
        return exchange -> replies[asked.getAndIncrement() % replies.length].to(exchange);
    }

    @Override
    public void close() throws IOException {
        endings.close();
        refusing.close();
        calling.close();
        silent.close();
    }

    private final Bench bench = new Bench()
            .node("fail", context -> {
                throw new IllegalStateException("broken");
            })
            .node("wait", context -> {
                NEVER.await();
                return Map.of();
            })
            .node("look", context -> {
                context.callTool("look", Map.of());
                return Map.of();
            })
            .node("looks", context -> {
                context.callTools("look", Collections.nCopies(5, Map.of()));
                return Map.of();
            })
            .tool(new Looks())
            .tool(new HttpTool())
            .tool(new McpTool())
            .settings(Settings.with(settings -> settings.endpoints = Map.of(
                    MODEL,
                    endings.endpoint(),
                    "calling",
                    calling.endpoint(),
                    "silent",
                    new Endpoint(silent.address(), null, null, null))))
            .workflows(Map.of("inner", chain(Set.of(), Set.of(), node("fail"))));

    /** Finds nothing, one by one or together. */
    private static final class Looks implements BatchToolRunner {
        @Override
        public String name() {
            return "look";
        }

        @Override
        public Object call(ToolContext context) throws IOException {
            throw new IOException("gone");
        }

        @Override
        public List<Object> callAll(List<ToolContext> calls) throws IOException {
            throw new IOException("all gone");
        }
    }

    private static Node node(String id) {
        return function(id, List.of(), List.of()).build();
    }

    private static Node command(String script) {
        return Node.builder("command", new NodeBody.Command(List.of("sh", "-c", script), List.of("PATH"), 1 << 16))
                .state(List.of(), List.of())
                .effects(Effects.NONE)
                .build();
    }

    private static Node block(Node... members) {
        return Node.builder("block", new NodeBody.Parallel(List.of(members), ErrorStrategy.FAIL_FAST, Map.of()))
                .effects(Effects.NONE)
                .build();
    }

    private static Node limited(Node node) {
        return limited(node, 2);
    }

    private static Node limited(Node node, int millis) {
        return node.toBuilder()
                .policies(Policies.NONE.withTimeout(Duration.ofMillis(millis)))
                .build();
    }

    private static Workflow of(Node... nodes) {
        return chain(Set.of(), Set.of(), nodes);
    }

    private static ToolSpec tool(String name, String runner, Map<String, Object> settings) {
        return new ToolSpec(name, "", Set.of(), runner, Effects.NONE, Map.of(), null, runner.equals("look"), settings);
    }

    /** With the tools, whose servers refuse, break off, do not answer, or end at once and leave a process behind. */
    private Workflow withTools(Node... nodes) {
        Workflow chain = of(nodes);
        return new Workflow(
                chain.id(),
                chain.entry(),
                chain.inputs(),
                chain.outputs(),
                chain.nodes(),
                chain.edges(),
                List.of(
                        tool("look", "look", Map.of()),
                        tool("web", "http", Map.of("url", refusing.address())),
                        tool("silent", "http", Map.of("url", silent.address(), "method", "POST")),
                        tool("mcp", "mcp", Map.of("url", endings.address())),
                        tool("silent-mcp", "mcp", Map.of("url", silent.address())),
                        tool(
                                "mcp-process",
                                "mcp",
                                Map.of(
                                        "command",
                                        List.of("sh", "-c", "(sleep 100 &) ; read line; exit 1"),
                                        "environment",
                                        List.of("PATH")))),
                false);
    }

    private static Node calls(String tool) {
        return Node.builder("calls", new NodeBody.Tool(tool, Map.of()))
                .state(List.of(), List.of("found"))
                .effects(Effects.NONE)
                .tools(Map.of(tool, tool))
                .build();
    }

    private static NodeBody.Team.Member member(String model) {
        return new NodeBody.Team.Member(model, "You look.", model, "Look.", List.of(), null);
    }

    private static Node agent(String model, boolean stream) {
        return Node.builder("agent", new NodeBody.Agent(model, "Look."))
                .state(List.of(), List.of("said"))
                .effects(Effects.NONE)
                .tools(Map.of("silent", "silent"))
                .parameters(Map.of("stream", stream))
                .build();
    }

    private static Node team() {
        List<NodeBody.Team.Member> members = List.of(member("silent"), member(MODEL));
        return Node.builder("crew", new NodeBody.Team(NodeBody.Team.Formation.PARALLEL, members, 1))
                .state(List.of(), List.of("said"))
                .effects(Effects.NONE)
                .build();
    }

    /** The condition fails while a branch runs ahead. */
    private static Workflow speculating() {
        Node decide = Node.builder("fail", new NodeBody.Condition("fail", null))
                .state(List.of(), List.of())
                .effects(Effects.NONE)
                .policies(Policies.NONE.withSpeculation(new Policies.Speculation(List.of("wait"))))
                .build();
        Node other = function("look", List.of(), List.of()).build();
        return of(decide, node("wait"), other)
                .withEdges(List.of(Edge.when("fail", "wait", "wait"), Edge.when("fail", "look", "look")));
    }

    private static Node part() {
        return Node.builder("part", new NodeBody.SubWorkflow("inner"))
                .state(List.of(), List.of())
                .effects(Effects.NONE)
                .build();
    }

    private static Node retried() {
        return node("fail").toBuilder()
                .policies(Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofNanos(1))))
                .build();
    }

    private static Node batched() {
        return node("looks").toBuilder()
                .tools(Map.of("look", "look"))
                .policies(Policies.NONE.withBatch(new Policies.Batch("look", 3)))
                .build();
    }

    private static Node looking() {
        return node("look").toBuilder().tools(Map.of("look", "look")).build();
    }

    private final List<Workflow> inside = List.of(
            of(node("fail")),
            of(limited(node("wait"))),
            of(block(node("wait"), node("fail"))),
            of(limited(block(node("wait")))),
            of(part()),
            of(retried()),
            speculating(),
            withTools(looking()),
            withTools(batched()));

    private final List<Workflow> outside = List.of(
            withTools(calls("web")),
            withTools(limited(calls("silent"), WAIT_MILLIS)),
            withTools(block(calls("silent"), node("fail"))),
            withTools(calls("mcp")),
            withTools(limited(calls("silent-mcp"), WAIT_MILLIS)),
            withTools(agent(MODEL, true)),
            withTools(agent(MODEL, false)),
            withTools(limited(agent("silent", true), WAIT_MILLIS)),
            withTools(limited(agent("calling", false), WAIT_MILLIS)),
            withTools(block(agent("silent", false), node("fail"))),
            withTools(limited(team(), WAIT_MILLIS)));

    private final List<Workflow> processes = List.of(
            of(block(command("sleep 100 & sleep 100"), node("fail"))),
            of(command("echo no >&2; exit 3")),
            withTools(calls("mcp-process")));

    private ExecutionResult interrupted(Workflow workflow) {
        Thread.currentThread().interrupt();
        ExecutionResult result = bench.run(workflow, Map.of());
        assertThat(Thread.interrupted()).isTrue();
        return result;
    }

    /** The kinds in turn; processes, which are slow to start, less often. */
    ExecutionResult run(int number) {
        if (number % 20 == 0) {
            return bench.run(inTurn(processes, number / 20), Map.of());
        }
        if (number % 20 == 1) {
            return interrupted(of(node("wait")));
        }
        return bench.run(inTurn(number % 2 == 0 ? inside : outside, number / 2), Map.of());
    }

    private static Workflow inTurn(List<Workflow> kinds, int number) {
        return kinds.get(number % kinds.size());
    }
}

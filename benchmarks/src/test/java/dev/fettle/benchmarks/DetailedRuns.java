package dev.fettle.benchmarks;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.PriceList;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Generated workflows whose agents call models and whose code calls tools, and runs of them: some nodes hang or fail, agents
 * go round in circles where they fail, code asks its tool for several things at once, some of them twice.
 */
public final class DetailedRuns {
    public static final PriceList PRICES = PriceList.empty()
            .with("big", "10", "30", "1", 50.0, 100_000L, 0.9)
            .with("middle", "1", "3", "0.1", 100.0, 100_000L, 0.8)
            .with("small", "0.1", "0.3", "0.01", 200.0, 100_000L, 0.5);

    private static final String RULES = "Keep to the house style. ".repeat(250);
    private static final String TOOL = "find";
    private static final int RUNS = 40;

    private DetailedRuns() {}

    /** The workflow with agents that ask for JSON, and code that calls a tool with a batch form. */
    public static Workflow detailed(Workflow plain) {
        Workflow current = plain.withTools(plain.tools().stream()
                .map(tool -> new ToolSpec(
                        tool.name(),
                        tool.capabilities(),
                        tool.runner(),
                        tool.effects(),
                        tool.arguments(),
                        tool.usdPerCall(),
                        tool.name().equals(TOOL)))
                .toList());
        for (Node node : plain.allNodes()) {
            if (node.body() instanceof NodeBody.Agent) {
                String state = node.state().reads().stream()
                        .findFirst()
                        .map(key -> "{" + key + "}\n\n")
                        .orElse("");
                NodeBody.Agent asked = new NodeBody.Agent("big", state + RULES + "\n\nAnswer as JSON.");
                current = current.mapNode(
                        node.id(), before -> before.toBuilder().body(asked).build());
            } else if (node.body() instanceof NodeBody.Function && node.id().hashCode() % 3 == 0) {
                current = current.mapNode(
                        node.id(),
                        before -> before.toBuilder().tools(Map.of(TOOL, TOOL)).build());
            }
        }
        return current;
    }

    /** Runs in which one node hangs now and then, one agent fails now and then, and in some workflows one node mostly fails. */
    public static List<ExecutionTrace> of(Workflow workflow, long seed) {
        WorkflowSimulator simulator = WorkflowSimulator.of(workflow);
        List<Node> leaves = workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .toList();
        List<Node> teams =
                leaves.stream().filter(node -> node.kind() == NodeKind.TEAM).toList();
        List<Node> hanging = teams.isEmpty() ? leaves : teams;
        simulator.hanging(hanging.get((int) (seed % hanging.size())).id(), 0.1);
        leaves.stream()
                .filter(node -> node.kind() == NodeKind.AGENT)
                .findFirst()
                .ifPresent(agent -> simulator.failing(agent.id(), 0.15));
        if (seed % 4 == 0) {
            simulator.failing(leaves.get(leaves.size() - 1).id(), 0.7);
        }
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            traces.add(detailed(workflow, simulator.run(run).trace(), run));
        }
        return traces;
    }

    private static ExecutionTrace detailed(Workflow workflow, ExecutionTrace trace, int run) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            Node node = workflow.node(occurrence.node()).orElse(null);
            if (node != null && node.kind() == NodeKind.AGENT) {
                occurrences.add(agent(occurrence, run));
            } else if (node != null
                    && node.kind() == NodeKind.FUNCTION
                    && !node.tools().isEmpty()) {
                occurrences.add(code(occurrence));
            } else {
                occurrences.add(occurrence);
            }
        }
        return new ExecutionTrace(
                trace.id(),
                trace.workflow(),
                trace.startedAt(),
                trace.wallClock(),
                trace.status(),
                trace.complete(),
                trace.inputHash(),
                trace.scores(),
                occurrences);
    }

    /** An agent that asks again and again, at length, where it fails; every third run with another model. */
    private static NodeOccurrence agent(NodeOccurrence occurrence, int run) {
        boolean fails = occurrence.status() == Status.ERROR;
        int calls = fails ? 9 : 2;
        List<ModelCall> models = new ArrayList<>();
        List<ToolCall> tools = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            models.add(new ModelCall(
                    run % 3 == 0 ? "middle" : "big",
                    occurrence.start(),
                    occurrence.duration().dividedBy(calls),
                    new TokenUsage(400, fails ? 5000 : 100, 0),
                    occurrence.status(),
                    null,
                    null,
                    "prompt" + run % 3,
                    "answer" + run));
        }
        for (ToolCall call : occurrence.toolCalls()) {
            for (int again = 0; again < calls; again++) {
                tools.add(call);
            }
        }
        return occurrence.toBuilder().modelCalls(models).toolCalls(tools).build();
    }

    /** Code that asks for four things at once, two of them the same. */
    private static NodeOccurrence code(NodeOccurrence occurrence) {
        List<ToolCall> calls = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            calls.add(new ToolCall(
                    TOOL,
                    "arguments" + call % 3,
                    "result" + call % 3,
                    occurrence.start().plus(Duration.ofMillis(10L * call)),
                    Duration.ofMillis(10),
                    Status.OK,
                    null,
                    null,
                    null,
                    null,
                    "asked"));
        }
        return occurrence.toBuilder().toolCalls(calls).build();
    }
}

package dev.fettle.benchmarks.mutation;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.testkit.workflow.RandomWorkflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The workflows into which faults are planted: those of the examples, one with everything that can be lost, generated ones. */
final class Subjects {
    private Subjects() {}

    /**
     * @param examples a folder of project folders; left out where it is not there
     * @param generated how many workflows to generate
     * @param seed of the first generated one
     */
    static List<Workflow> of(Path examples, int generated, long seed) {
        List<Workflow> subjects = new ArrayList<>();
        subjects.add(symbolic(WorkflowReader.read(ORDERS, "orders.yaml")));
        subjects.add(symbolic(WorkflowReader.read(REPORTS, "reports.yaml")));
        definitions(examples).forEach(file -> subjects.add(symbolic(WorkflowReader.read(file))));
        for (int i = 0; i < generated; i++) {
            subjects.add(symbolic(RandomWorkflows.generate(seed + i, 6)));
        }
        return subjects;
    }

    private static List<Path> definitions(Path examples) {
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(examples)) {
            return folders.map(folder -> folder.resolve("workflow.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With agents and commands as symbolic functions that call the node's tools, so that a run takes milliseconds. */
    static Workflow symbolic(Workflow workflow) {
        Workflow current = free(workflow);
        for (Node node : workflow.allNodes()) {
            boolean code = node.body() instanceof NodeBody.Agent
                    || node.body() instanceof NodeBody.Command
                    || node.body() instanceof NodeBody.Function
                    || node.body() instanceof NodeBody.Team
                    || node.body() instanceof NodeBody.SubWorkflow;
            boolean offline = node.body() instanceof NodeBody.Agent agent && "fettle-extractive".equals(agent.model());
            if (code && !offline) {
                String runner = node.body() instanceof NodeBody.Function function && function.runner() != null
                        ? function.runner()
                        : node.kind().word() + "-" + node.id();
                Map<String, Object> parameters = new LinkedHashMap<>(node.parameters());
                parameters.put("callTools", List.copyOf(node.tools().keySet()));
                current = current.mapNode(node.id(), before -> before.toBuilder()
                        .body(new NodeBody.Function(runner))
                        .parameters(parameters)
                        .build());
            }
        }
        return current;
    }

    /** With tools that cost nothing: an equal tool that is dearer is rightly rejected. */
    private static Workflow free(Workflow workflow) {
        List<ToolSpec> tools = workflow.tools().stream()
                .map(tool -> new ToolSpec(
                        tool.name(),
                        tool.capabilities(),
                        tool.runner(),
                        tool.effects(),
                        tool.arguments(),
                        BigDecimal.ZERO,
                        tool.batch()))
                .toList();
        return workflow.withTools(tools);
    }

    private static final String ORDERS = """
            version: 1
            id: orders
            inputs: [order, customer]
            outputs: [receipt, summary]
            tools:
              - {name: stock, runner: stock, capabilities: [stock], effects: none}
              - {name: warehouse, runner: warehouse, capabilities: [stock], effects: none}
              - {name: stateful_quote, runner: stateful-quote, capabilities: [quote], effects: none}
              - {name: mail, runner: mail, capabilities: [mail], effects: external}
              - {name: store, runner: store, capabilities: [files], effects: idempotent}
            nodes:
              - {id: parse, kind: function, runner: parse, reads: [order], writes: [items], effects: none}
              - {id: check, kind: function, runner: check, reads: [items, customer], writes: [], effects: none}
              - {id: look, kind: tool, tool: stock, arguments: {items: items, customer: customer}, reads: [items, customer], writes: [stock], effects: none}
              - {id: look_again, kind: tool, tool: stock, arguments: {items: items, customer: customer}, reads: [items, customer], writes: [stock2], effects: none}
              - {id: quote, kind: function, runner: quote, reads: [items], writes: [price], tools: [stateful_quote], effects: none}
              - {id: guess, kind: function, runner: guess, reads: [items], writes: [price2], effects: none}
              - {id: discount, kind: function, runner: discount, reads: [customer, price], writes: [price], effects: none}
              - {id: rate, kind: function, runner: rate, reads: [price, customer], writes: [risk], effects: none}
              - {id: risky, kind: condition, runner: risky, reads: [risk], effects: none}
              - {id: charge, kind: function, runner: charge, reads: [price, customer], writes: [payment], effects: external}
              - {id: save, kind: tool, tool: store, arguments: {path: order, text: payment}, reads: [order, payment], writes: [saved], effects: none}
              - {id: tell, kind: tool, tool: mail, arguments: {to: customer, text: payment}, reads: [customer, payment], writes: [told], effects: none}
              - {id: tell_shop, kind: tool, tool: mail, arguments: {to: order, text: payment}, reads: [order, payment], writes: [told_shop], effects: none}
              - {id: receipt, kind: function, runner: receipt, reads: [payment, stock, stock2, price2], writes: [receipt], effects: none}
              - {id: refuse, kind: function, runner: refuse, reads: [risk], writes: [receipt], effects: none}
              - {id: describe, kind: function, runner: describe, reads: [items, receipt], writes: [text], effects: none}
              - {id: tidy, kind: function, runner: tidy, reads: [text], writes: [text], effects: none}
              - {id: summarize, kind: agent, model: fettle-extractive, prompt: "Summarize {text}", reads: [text], writes: [summary], effects: none}
              - {id: count, kind: function, runner: count, reads: [text], writes: [words], effects: none}
            edges:
              - {from: parse, to: check}
              - {from: check, to: look}
              - {from: look, to: look_again}
              - {from: look_again, to: guess}
              - {from: guess, to: quote}
              - {from: quote, to: discount}
              - {from: discount, to: rate}
              - {from: rate, to: risky}
              - {from: risky, to: charge, when: "no"}
              - {from: risky, to: refuse, when: "yes"}
              - {from: charge, to: save}
              - {from: save, to: tell}
              - {from: tell, to: tell_shop}
              - {from: tell_shop, to: receipt}
              - {from: receipt, to: describe}
              - {from: refuse, to: describe}
              - {from: describe, to: tidy}
              - {from: tidy, to: summarize}
              - {from: summarize, to: count}
            """;

    private static final String REPORTS = """
            version: 1
            id: reports
            inputs: [topic]
            outputs: [report]
            tools:
              - {name: find, runner: find, capabilities: [search], effects: none}
              - {name: seek, runner: seek, capabilities: [search], effects: none}
              - {name: stateful_feed, runner: stateful-feed, capabilities: [feed], effects: none}
              - {name: publish, runner: publish, capabilities: [publish], effects: external}
            nodes:
              - {id: plan, kind: function, runner: plan, reads: [topic], writes: [steps], effects: none}
              - {id: search, kind: function, runner: search, reads: [steps], writes: [hits], tools: [find], effects: none}
              - {id: follow, kind: function, runner: follow, reads: [steps], writes: [news], tools: [stateful_feed], effects: none}
              - {id: draft, kind: function, runner: draft, reads: [hits, news], writes: [text], effects: none}
              - {id: polish, kind: function, runner: polish, reads: [text, steps], writes: [text], effects: none}
              - {id: good, kind: condition, runner: good, reads: [text], effects: none}
              - {id: approve, kind: human, prompt: "Publish?", reads: [text], writes: [answer]}
              - {id: post, kind: tool, tool: publish, arguments: {text: text, topic: topic}, reads: [text, topic], writes: [link], effects: none}
              - {id: report, kind: function, runner: report, reads: [text, link], writes: [report], effects: none}
            edges:
              - {from: plan, to: search}
              - {from: search, to: follow}
              - {from: follow, to: draft}
              - {from: draft, to: polish}
              - {from: polish, to: good}
              - {from: good, to: draft, when: "false", maxTraversals: 2}
              - {from: good, to: approve, when: "true"}
              - {from: approve, to: post}
              - {from: post, to: report}
            """;
}

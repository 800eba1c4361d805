package dev.fettle.ingest.assemble;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.ingest.span.KindRule;
import dev.fettle.ingest.span.Span;
import dev.fettle.ingest.span.SpanKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides for each span of a trace whether it is a node's run, a call of the node around it, or neither. */
final class Occurrences {
    /** Markers of a graph's ends, which do no work. */
    private static final Set<String> MARKERS = Set.of("__start__", "__end__");

    private final SpanTree tree;
    private final TraceTimes times;
    private final NodeNames names;
    private final ModelSpans models;
    private final boolean[] agentBelow;

    /** By position: the node around what lies below the span, and the call around it. */
    private final @Nullable Node[] nodes;

    private final @Nullable String[] insideCall;
    private final List<Node> found = new ArrayList<>();

    /** A node's run while its calls are being collected. */
    private static final class Node {
        final NodeOccurrence.Builder builder;
        final String id;
        final String path;
        final Duration order;
        final @Nullable String agent;
        final List<ModelCall> modelCalls = new ArrayList<>();
        final List<ToolCall> toolCalls = new ArrayList<>();

        Node(NodeOccurrence.Builder builder, String id, String path, Duration order, @Nullable String agent) {
            this.builder = builder;
            this.id = id;
            this.path = path;
            this.order = order;
            this.agent = agent;
        }
    }

    Occurrences(SpanTree tree, TraceTimes times, NodeNames names) {
        this.tree = tree;
        this.times = times;
        this.names = names;
        models = new ModelSpans(tree);
        nodes = new Node[tree.size()];
        insideCall = new String[tree.size()];
        agentBelow = new boolean[tree.size()];
        for (int i = tree.size() - 1; i > 0; i--) {
            int parent = tree.parent(i);
            if (parent >= 0) {
                SpanKind kind = tree.span(i).kind();
                agentBelow[parent] |= agentBelow[i] || kind == SpanKind.AGENT || kind == SpanKind.WORKFLOW;
            }
        }
    }

    /** In order of start, parents before what is inside them. */
    List<NodeOccurrence> list() {
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parent(i);
            Node enclosing = parent < 0 ? null : nodes[parent];
            String call = parent < 0 ? null : insideCall[parent];
            Span span = tree.span(i);
            if (span.kind().isModel()) {
                model(i, enclosing, call);
            } else if (span.kind().isTool()) {
                tool(i, enclosing, call);
            } else {
                step(i, enclosing, call);
            }
        }
        found.sort(Comparator.comparing(node -> node.order));
        return found.stream()
                .map(node -> node.builder
                        .modelCalls(node.modelCalls)
                        .toolCalls(node.toolCalls)
                        .build())
                .toList();
    }

    private void model(int i, @Nullable Node enclosing, @Nullable String call) {
        nodes[i] = enclosing;
        insideCall[i] = call == null ? "" : call;
        if (models.counts(i)) {
            Node node = enclosing != null ? enclosing : open(i, null, NodeKind.AGENT, nodeName(i, null));
            node.modelCalls.add(modelCall(i));
            nodes[i] = node;
        }
    }

    private void tool(int i, @Nullable Node enclosing, @Nullable String call) {
        String tool = names.ofTool(tree.span(i));
        boolean works = models.modelBelow(i) || agentBelow[i];
        Node node = enclosing == null || works ? open(i, enclosing, NodeKind.TOOL, tool) : enclosing;
        // The same tool around itself is one call that was instrumented twice.
        if (!tool.equals(call)) {
            (enclosing == null ? node : enclosing).toolCalls.add(toolCall(i, tool));
        }
        nodes[i] = node;
        insideCall[i] = node == enclosing ? tool : null;
    }

    private void step(int i, @Nullable Node enclosing, @Nullable String call) {
        Span span = tree.span(i);
        boolean runs = span.kind() == SpanKind.AGENT || span.kind() == SpanKind.WORKFLOW;
        if (MARKERS.contains(span.name()) || (call != null && !runs && enclosing != null)) {
            nodes[i] = enclosing;
            insideCall[i] = call;
            return;
        }
        Node node = open(i, enclosing, kind(i), nodeName(i, enclosing));
        if (models.counts(i)) {
            node.modelCalls.add(modelCall(i));
        }
        nodes[i] = node;
    }

    private NodeKind kind(int i) {
        Span span = tree.span(i);
        if (span.kind() == SpanKind.WORKFLOW) {
            return NodeKind.SUB_WORKFLOW;
        }
        if (span.kind() != SpanKind.AGENT) {
            return NodeKind.FUNCTION;
        }
        // OpenInference's LangChain instrumentation calls every run an agent whose name contains the word.
        boolean byName = span.rule() == KindRule.OPENINFERENCE
                && span.identity() == null
                && span.scope() != null
                && span.scope().contains("langchain");
        return byName && !models.modelBelow(i) && !models.counts(i) ? NodeKind.FUNCTION : NodeKind.AGENT;
    }

    /** An agent that can only be the one managed agent of the agent around it takes that agent's name as well. */
    private String nodeName(int i, @Nullable Node enclosing) {
        Span span = tree.span(i);
        String name = names.of(span, tree.parentOf(i));
        if (span.kind() == SpanKind.AGENT && span.identity() == null && enclosing != null && enclosing.agent != null) {
            return NodeNames.normalize(enclosing.agent + " (" + name + ")", false);
        }
        return name;
    }

    private Node open(int i, @Nullable Node enclosing, NodeKind kind, String name) {
        Span span = tree.span(i);
        String path = NodeNames.path(enclosing == null ? null : enclosing.path, name);
        Duration start = times.start(i);
        NodeOccurrence.Builder builder = NodeOccurrence.builder(span.id(), path)
                .parent(enclosing == null ? null : enclosing.id)
                .kind(kind)
                .start(start)
                .duration(times.duration(i))
                .status(span.status())
                .errorType(span.errorType());
        Duration order = enclosing != null && enclosing.order.compareTo(start) > 0 ? enclosing.order : start;
        String agent = span.kind() == SpanKind.AGENT ? span.managedAgent() : enclosing == null ? null : enclosing.agent;
        Node node = new Node(builder, span.id(), path, order, agent);
        found.add(node);
        return node;
    }

    private ModelCall modelCall(int i) {
        Span span = tree.span(i);
        Span twin = models.twin(i);
        Span content = twin == null || span.inputHash() != null ? span : twin;
        String model = twin != null && twin.model() != null ? twin.model() : span.model();
        Double usd = span.usd() == null && twin != null ? twin.usd() : span.usd();
        return new ModelCall(
                model,
                times.start(i),
                times.duration(i),
                models.usage(i),
                span.status(),
                span.errorType(),
                usd,
                content.inputHash(),
                content.outputHash());
    }

    private ToolCall toolCall(int i, String tool) {
        Span span = tree.span(i);
        return new ToolCall(
                tool,
                span.inputHash(),
                span.outputHash(),
                times.start(i),
                times.duration(i),
                span.status(),
                span.errorType(),
                null,
                span.usd(),
                span.arguments());
    }
}

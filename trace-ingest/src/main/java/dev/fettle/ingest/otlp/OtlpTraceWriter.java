package dev.fettle.ingest.otlp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.ingest.exact.SpanRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OTLP/JSON with the GenAI conventions, a line for each trace: a root span for the run, a span for each occurrence inside
 * the one around it, and one for each call of a model or a tool. Each line is an {@code ExportTraceServiceRequest}, as a
 * collector takes it. What the conventions cannot say is in the attribute {@code fettle.record}.
 */
@AutoService(TraceWriter.class)
public final class OtlpTraceWriter implements TraceWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public void write(ExecutionTrace trace, OutputStream output) throws IOException {
        output.write(JSON.writeValueAsBytes(request(trace)));
        output.write('\n');
    }

    private static Map<String, Object> request(ExecutionTrace trace) {
        return Map.of(
                "resourceSpans",
                List.of(Map.of(
                        "resource",
                        Map.of(
                                "attributes",
                                new OtlpAttributes()
                                        .text("service.name", trace.workflow())
                                        .list()),
                        "scopeSpans",
                        List.of(Map.of("scope", Map.of("name", "dev.fettle"), "spans", spans(trace))))));
    }

    private static List<Map<String, Object>> spans(ExecutionTrace trace) {
        OtlpSpans spans = new OtlpSpans(trace);
        int count = 1;
        for (NodeOccurrence occurrence : trace.occurrences()) {
            count += 1 + occurrence.modelCalls().size() + occurrence.toolCalls().size();
        }
        List<Map<String, Object>> all = new ArrayList<>();
        ExecutionTrace header = new ExecutionTrace(
                trace.id(),
                trace.workflow(),
                trace.startedAt(),
                trace.wallClock(),
                trace.status(),
                trace.complete(),
                trace.inputHash(),
                trace.scores(),
                List.of());
        all.add(spans.root(
                new OtlpAttributes()
                        .text("gen_ai.operation.name", "invoke_workflow")
                        .text("gen_ai.workflow.name", trace.workflow()),
                new SpanRecord(count, 0, null, header, null, null, null)));
        for (int i = 0; i < trace.occurrences().size(); i++) {
            occurrence(spans, trace.occurrences().get(i), i, all);
        }
        return all;
    }

    private static void occurrence(OtlpSpans spans, NodeOccurrence node, int place, List<Map<String, Object>> into) {
        NodeOccurrence alone =
                node.toBuilder().modelCalls(List.of()).toolCalls(List.of()).build();
        into.add(spans.occurrence(node, attributes(node), new SpanRecord(0, place, null, null, alone, null, null)));
        for (int i = 0; i < node.modelCalls().size(); i++) {
            ModelCall call = node.modelCalls().get(i);
            into.add(spans.call(
                    node,
                    "m" + i,
                    "chat " + call.model(),
                    call.start(),
                    call.duration(),
                    call.status(),
                    call.errorType(),
                    attributes(call),
                    new SpanRecord(0, i, node.id(), null, null, call, null)));
        }
        for (int i = 0; i < node.toolCalls().size(); i++) {
            ToolCall call = node.toolCalls().get(i);
            into.add(spans.call(
                    node,
                    "t" + i,
                    "execute_tool " + call.tool(),
                    call.start(),
                    call.duration(),
                    call.status(),
                    call.errorType(),
                    new OtlpAttributes()
                            .text("gen_ai.operation.name", "execute_tool")
                            .text("gen_ai.tool.name", call.tool())
                            .text("gen_ai.tool.call.arguments", call.arguments()),
                    new SpanRecord(0, i, node.id(), null, null, null, call)));
        }
    }

    private static OtlpAttributes attributes(NodeOccurrence node) {
        OtlpAttributes attributes = new OtlpAttributes().text("graph.node.id", node.node());
        if (node.kind() == NodeKind.AGENT) {
            attributes.text("gen_ai.operation.name", "invoke_agent").text("gen_ai.agent.name", node.node());
        } else if (node.kind() == NodeKind.SUB_WORKFLOW || node.kind() == NodeKind.TEAM) {
            attributes.text("gen_ai.operation.name", "invoke_workflow").text("gen_ai.workflow.name", node.node());
        }
        return attributes;
    }

    private static OtlpAttributes attributes(ModelCall call) {
        TokenUsage tokens = call.tokens();
        return new OtlpAttributes()
                .text("gen_ai.operation.name", "chat")
                .text("gen_ai.request.model", call.model())
                .text("gen_ai.response.model", call.model())
                .count("gen_ai.usage.input_tokens", tokens.input())
                .count("gen_ai.usage.output_tokens", tokens.output())
                .count("gen_ai.usage.cache_read.input_tokens", tokens.cachedInput())
                .number("gen_ai.usage.cost", call.recordedUsd());
    }
}

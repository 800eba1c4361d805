package dev.fettle.ingest.otlp;

import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.ingest.exact.SpanRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * OTLP/JSON with the GenAI conventions, a line for each trace: a root span for the run, a span for each occurrence inside
 * the one around it, and one for each call of a model or a tool. Each line is an {@code ExportTraceServiceRequest}, as a
 * collector takes it. What the conventions cannot say is in the attribute {@code fettle.record}.
 */
@AutoService(TraceWriter.class)
public final class OtlpTraceWriter implements TraceWriter {
    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public void write(ExecutionTrace trace, OutputStream output) throws IOException {
        // What writes JSON closes its stream; and a trace that cannot be written leaves no half line.
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        TraceRequestMarshaler.create(spans(trace)).writeJsonTo(line);
        line.writeTo(output);
        output.write('\n');
    }

    private static List<SpanData> spans(ExecutionTrace trace) {
        OtlpSpans spans = new OtlpSpans(trace);
        int count = 1;
        for (NodeOccurrence occurrence : trace.occurrences()) {
            count += 1 + occurrence.modelCalls().size() + occurrence.toolCalls().size();
        }
        List<SpanData> all = new ArrayList<>();
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
                Attributes.builder()
                        .put("gen_ai.operation.name", "invoke_workflow")
                        .put("gen_ai.workflow.name", trace.workflow()),
                new SpanRecord(count, 0, null, header, null, null, null)));
        for (int i = 0; i < trace.occurrences().size(); i++) {
            occurrence(spans, trace.occurrences().get(i), i, all);
        }
        return all;
    }

    private static void occurrence(OtlpSpans spans, NodeOccurrence node, int place, List<SpanData> into) {
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
                    attributes(call),
                    new SpanRecord(0, i, node.id(), null, null, null, call)));
        }
    }

    private static AttributesBuilder attributes(NodeOccurrence node) {
        AttributesBuilder attributes = Attributes.builder().put("graph.node.id", node.node());
        if (node.kind() == NodeKind.AGENT) {
            attributes.put("gen_ai.operation.name", "invoke_agent").put("gen_ai.agent.name", node.node());
        } else if (node.kind() == NodeKind.SUB_WORKFLOW || node.kind() == NodeKind.TEAM) {
            attributes.put("gen_ai.operation.name", "invoke_workflow").put("gen_ai.workflow.name", node.node());
        }
        return attributes;
    }

    private static AttributesBuilder attributes(ToolCall call) {
        AttributesBuilder attributes = Attributes.builder()
                .put("gen_ai.operation.name", "execute_tool")
                .put("gen_ai.tool.name", call.tool());
        String arguments = call.arguments();
        return arguments == null ? attributes : attributes.put("gen_ai.tool.call.arguments", arguments);
    }

    private static AttributesBuilder attributes(ModelCall call) {
        TokenUsage tokens = call.tokens();
        AttributesBuilder attributes = Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.request.model", call.model())
                .put("gen_ai.response.model", call.model())
                .put("gen_ai.usage.input_tokens", tokens.input())
                .put("gen_ai.usage.output_tokens", tokens.output())
                .put("gen_ai.usage.cache_read.input_tokens", tokens.cachedInput());
        Double usd = call.recordedUsd();
        return usd == null || !Double.isFinite(usd) ? attributes : attributes.put("gen_ai.usage.cost", usd);
    }
}

package dev.fettle.ingest.otlp;

import com.google.auto.service.AutoService;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.assemble.SpanGroups;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import dev.fettle.ingest.span.SpanDraft;
import dev.fettle.ingest.span.SpanInterpreter;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;

/**
 * OTLP as protobuf: one {@code ExportTraceServiceRequest} or {@code TracesData}, or a sequence of them, each behind its
 * length as a varint or as four bytes, big end first. Held in memory is one {@code ResourceSpans} at a time.
 */
@AutoService(TraceReader.class)
public final class OtlpProtobufReader implements TraceReader {
    private static final int RESOURCE_SPANS_FIELD = 1;

    @Override
    public String name() {
        return "otlp-protobuf";
    }

    @Override
    public Record defaultSettings() {
        return ReadLimits.DEFAULT;
    }

    @Override
    public boolean recognizes(byte[] head) {
        return Framing.of(head) != Framing.NONE;
    }

    @Override
    public void read(ReadContext context) throws IOException {
        ReadLimits limits = context.settings() instanceof ReadLimits given ? given : ReadLimits.DEFAULT;
        new Messages(context, limits).readAll();
    }

    private static final class Messages {
        private final ReadContext context;
        private final SpanGroups groups;
        private final SpanInterpreter interpreter;
        private final SpanDraft draft = new SpanDraft();
        private final CodedInputStream input;
        private final Framing framing;
        private long bytesBefore;

        Messages(ReadContext context, ReadLimits limits) throws IOException {
            this.context = context;
            groups = new SpanGroups(limits, context.source(), context.sink());
            interpreter = new SpanInterpreter(
                    limits.maxArgumentChars(), flaw -> context.sink().reject(context.source(), flaw));
            Framing.Peeked peeked = Framing.peek(context.input());
            framing = peeked.framing();
            input = CodedInputStream.newInstance(peeked.input());
        }

        void readAll() throws IOException {
            try {
                if (framing == Framing.PLAIN) {
                    message();
                } else {
                    while (!input.isAtEnd()) {
                        int length = framing.length(input);
                        int before = input.pushLimit(length);
                        message();
                        input.popLimit(before);
                        count();
                    }
                }
            } catch (InvalidProtocolBufferException bad) {
                context.sink()
                        .reject(
                                context.source() + ", byte " + (bytesBefore + input.getTotalBytesRead()),
                                "not readable as OTLP protobuf (" + bad.getMessage() + "); maybe the file was cut");
                groups.cut();
            }
            groups.closeAll();
        }

        private void message() throws IOException {
            int tag;
            while ((tag = input.readTag()) != 0) {
                if (tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (RESOURCE_SPANS_FIELD << 3)) {
                    resourceSpans(input.readMessage(ResourceSpans.parser(), ExtensionRegistryLite.getEmptyRegistry()));
                } else if (!input.skipField(tag)) {
                    throw new InvalidProtocolBufferException("unexpected end of a group");
                }
                if (framing == Framing.PLAIN) {
                    count();
                }
            }
        }

        /** The counter of the protobuf library ends at 2 GB; a file may be longer. */
        private void count() {
            bytesBefore += input.getTotalBytesRead();
            input.resetSizeCounter();
        }

        private void resourceSpans(ResourceSpans resource) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    span(span, scope.getScope().getName());
                }
            }
        }

        private void span(Span span, String scope) {
            draft.clear();
            ProtobufSpans.fill(draft, span);
            draft.scope(scope.isEmpty() ? null : scope);
            String trace = null;
            try {
                trace = Ids.required(draft.traceId(), "trace id");
                groups.add(trace, interpreter.interpret(draft, null, false));
            } catch (BadSpanException bad) {
                if (trace == null) {
                    context.sink().reject(context.source(), bad.reason());
                } else {
                    groups.refuse(trace, bad.reason());
                }
            }
        }
    }
}

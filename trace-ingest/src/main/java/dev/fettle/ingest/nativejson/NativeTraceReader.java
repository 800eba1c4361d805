package dev.fettle.ingest.nativejson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.exact.TraceCheck;
import dev.fettle.ingest.exact.TraceJson;
import dev.fettle.ingest.json.JsonHead;
import dev.fettle.ingest.json.JsonStream;
import dev.fettle.ingest.json.JsonValues;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link NativeTraceWriter} writes: one execution trace as JSON a line. */
@AutoService(TraceReader.class)
public final class NativeTraceReader implements TraceReader {
    private static final Set<String> MARKS = Set.of("id", "workflow", "startedAt", "wallClock", "occurrences");

    @Override
    public String name() {
        return "native-json";
    }

    @Override
    public Record defaultSettings() {
        return ReadLimits.DEFAULT;
    }

    @Override
    public boolean recognizes(byte[] head) {
        Set<String> fields = JsonHead.fields(head);
        return (fields.contains("occurrences") && fields.contains("workflow")) || fields.containsAll(MARKS);
    }

    @Override
    public void read(ReadContext context) throws IOException {
        ReadLimits limits = context.settings() instanceof ReadLimits given ? given : ReadLimits.DEFAULT;
        ObjectReader reader = TraceJson.mapper(limits.maxDepth()).readerFor(ExecutionTrace.class);
        new JsonStream(context.input(), limits.maxDepth()).forEach(new Lines(context, reader));
    }

    private static final class Lines implements JsonValues {
        private final ReadContext context;
        private final ObjectReader reader;

        Lines(ReadContext context, ObjectReader reader) {
            this.context = context;
            this.reader = reader;
        }

        @Override
        public void value(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return;
            }
            long line = parser.currentLocation().getLineNr();
            String place = context.source() + ", line " + line;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                if (parser.currentToken() != JsonToken.END_ARRAY) {
                    context.sink().reject(place, "not an execution trace; expected a JSON object");
                }
                return;
            }
            // A tree first: a value that does not fit must not leave the parser in the middle of the line.
            JsonNode tree = reader.readTree(parser);
            ExecutionTrace trace;
            try {
                trace = reader.readValue(tree);
            } catch (ValueInstantiationException missing) {
                context.sink()
                        .reject(place, "not an execution trace: a list or map in it is missing or has a null in it");
                return;
            } catch (JsonMappingException unfit) {
                context.sink().reject(place, "not an execution trace (" + firstLine(unfit.getOriginalMessage()) + ")");
                return;
            }
            String problem = TraceCheck.problem(trace);
            if (problem == null) {
                context.sink().accept(trace);
            } else {
                context.sink().reject(place, problem);
            }
        }

        private static String firstLine(@Nullable String message) {
            String text = String.valueOf(message);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        }

        @Override
        public void broken(long line, long column, String reason, boolean cut) {
            context.sink().reject(context.source() + ", line " + line + ", column " + column, reason);
        }
    }
}

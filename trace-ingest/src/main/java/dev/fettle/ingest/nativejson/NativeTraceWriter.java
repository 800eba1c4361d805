package dev.fettle.ingest.nativejson;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.exact.TraceJson;
import java.io.IOException;
import java.io.OutputStream;

/** Writes traces as JSON lines. A line is written as a whole, so that a file that was cut loses at most its last trace. */
@AutoService(TraceWriter.class)
public final class NativeTraceWriter implements TraceWriter {
    private static final ObjectWriter WRITER =
            TraceJson.mapper(ReadLimits.DEFAULT.maxDepth()).writerFor(ExecutionTrace.class);

    @Override
    public String name() {
        return "native-json";
    }

    @Override
    public void write(ExecutionTrace trace, OutputStream output) throws IOException {
        byte[] json = WRITER.writeValueAsBytes(trace);
        byte[] line = new byte[json.length + 1];
        System.arraycopy(json, 0, line, 0, json.length);
        line[json.length] = '\n';
        output.write(line);
    }
}

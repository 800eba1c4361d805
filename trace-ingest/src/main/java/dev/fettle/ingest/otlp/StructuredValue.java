package dev.fettle.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A structured attribute value as the same JSON text that OTLP/JSON has for it. */
final class StructuredValue {
    private static final JsonFactory JSON = new JsonFactory();

    private StructuredValue() {}

    static String text(AnyValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            members(out, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Recursion is bounded by protobuf's own limit of 100 levels. */
    private static void write(JsonGenerator out, AnyValue value) throws IOException {
        out.writeStartObject();
        switch (value.getValueCase()) {
            case STRING_VALUE -> out.writeStringField("stringValue", value.getStringValue());
            case INT_VALUE -> out.writeStringField("intValue", Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> out.writeNumberField("doubleValue", value.getDoubleValue());
            case BOOL_VALUE -> out.writeBooleanField("boolValue", value.getBoolValue());
            case BYTES_VALUE ->
                out.writeBinaryField("bytesValue", value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> {
                out.writeFieldName("arrayValue");
                members(out, value);
            }
            case KVLIST_VALUE -> {
                out.writeFieldName("kvlistValue");
                members(out, value);
            }
            default -> {
                // An empty value is an empty object.
            }
        }
        out.writeEndObject();
    }

    private static void members(JsonGenerator out, AnyValue value) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("values");
        for (AnyValue element : value.getArrayValue().getValuesList()) {
            write(out, element);
        }
        for (KeyValue member : value.getKvlistValue().getValuesList()) {
            out.writeStartObject();
            out.writeStringField("key", member.getKey());
            out.writeFieldName("value");
            write(out, member.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}

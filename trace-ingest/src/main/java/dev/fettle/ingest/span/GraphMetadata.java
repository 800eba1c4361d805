package dev.fettle.ingest.span;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which graph node a span ran in, as LangGraph's metadata tells: in attributes, or inside the JSON text of the attribute
 * {@code metadata}.
 *
 * @param step superstep and namespace: the same pair means the same run of the node
 */
record GraphMetadata(@Nullable String node, @Nullable String step) {
    private static final GraphMetadata NONE = new GraphMetadata(null, null);
    private static final Set<Attribute> GRAPH =
            EnumSet.of(Attribute.LANGGRAPH_NODE, Attribute.LANGGRAPH_STEP, Attribute.LANGGRAPH_NAMESPACE);
    private static final JsonFactory JSON = new JsonFactory();

    static GraphMetadata of(SpanDraft draft) {
        String metadata = draft.text(Attribute.METADATA);
        if (metadata != null && metadata.contains("langgraph_node")) {
            readInto(draft, metadata);
        }
        String node = draft.text(Attribute.LANGGRAPH_NODE);
        if (node == null) {
            return NONE;
        }
        return new GraphMetadata(
                node, draft.text(Attribute.LANGGRAPH_STEP) + "|" + draft.text(Attribute.LANGGRAPH_NAMESPACE));
    }

    private static void readInto(SpanDraft draft, String metadata) {
        try (JsonParser parser = JSON.createParser(metadata)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Attribute attribute = Attribute.of(parser.currentName());
                JsonToken value = parser.nextToken();
                if (attribute != null && GRAPH.contains(attribute) && value != null && value.isScalarValue()) {
                    draft.set(attribute, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException notJson) {
            // The metadata is free text then, and says nothing about a graph.
        }
    }
}

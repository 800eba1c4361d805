package dev.fettle.benchmarks.caching;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.ingest.content.RecordedValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads conversations of an agent in the messages of chat APIs: a list, or lines, of objects with the messages as {@code
 * traj} or {@code messages}, where an assistant's {@code tool_calls} are answered by messages of the role {@code tool}.
 *
 * <p>Such files hold no times: calls follow each other by a millisecond, and conversations in the order of the file.
 */
@AutoService(TraceReader.class)
public final class ConversationReader implements TraceReader {
    private static final Set<String> MESSAGES = Set.of("traj", "messages");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofMillis(1);

    @Override
    public String name() {
        return "conversations";
    }

    @Override
    public boolean recognizes(byte[] head) {
        try (JsonParser parser = JSON.createParser(head)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            if (token != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && MESSAGES.contains(field)) {
                    return true;
                }
                parser.skipChildren();
            }
        } catch (IOException cut) {
            return false;
        }
        return false;
    }

    @Override
    public void read(ReadContext context) throws IOException {
        try (MappingIterator<JsonNode> conversations =
                JSON.readerFor(JsonNode.class).readValues(context.input())) {
            int number = 0;
            while (conversations.hasNextValue()) {
                JsonNode conversation = conversations.nextValue();
                JsonNode messages = conversation.has("traj") ? conversation.get("traj") : conversation.path("messages");
                number++;
                if (messages.isArray()) {
                    context.sink().accept(trace(context.source() + "#" + number, messages));
                } else {
                    context.sink()
                            .reject(
                                    context.source() + ", conversation " + number,
                                    "it has no messages; expected a list under 'traj' or 'messages'");
                }
            }
        }
    }

    private static ExecutionTrace trace(String id, JsonNode messages) {
        List<ToolCall> calls = new ArrayList<>();
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        for (JsonNode message : messages) {
            for (JsonNode asked : message.path("tool_calls")) {
                open.add(asked);
                byId.put(asked.path("id").asText(), asked);
            }
            if (message.path("role").asText().equals("tool")) {
                JsonNode asked = byId.get(message.path("tool_call_id").asText());
                asked = asked == null ? open.peek() : asked;
                if (asked != null) {
                    open.remove(asked);
                    calls.add(call(asked, message.path("content"), STEP.multipliedBy(calls.size())));
                }
            }
        }
        Duration length = STEP.multipliedBy(calls.size());
        NodeOccurrence agent = NodeOccurrence.builder("agent", "agent")
                .duration(length)
                .toolCalls(calls)
                .build();
        return new ExecutionTrace(
                id, "conversation", Instant.EPOCH, length, Status.OK, true, null, Map.of(), List.of(agent));
    }

    private static ToolCall call(JsonNode asked, JsonNode content, Duration start) {
        JsonNode arguments = asked.path("function").path("arguments");
        String answer = text(content);
        boolean failed = answer != null && answer.startsWith("Error");
        return new ToolCall(
                asked.path("function").path("name").asText(),
                RecordedValue.hash(arguments.isTextual() ? arguments.asText() : arguments.toString()),
                answer == null ? null : RecordedValue.hash(answer),
                start,
                STEP,
                failed ? Status.ERROR : Status.OK,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String text(JsonNode content) {
        if (content.isMissingNode() || content.isNull()) {
            return null;
        }
        return content.isTextual() ? content.asText() : content.toString();
    }
}

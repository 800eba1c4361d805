package dev.fettle.runtime.model;

import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.AgentParameters;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model.
 *
 * @param model as in definitions and price tables
 * @param tools what the model may ask for
 * @param parameters temperature, topP, maxTokens and stream count
 */
public record ModelRequest(
        String model, List<ChatMessage> messages, List<ToolSpecification> tools, AgentParameters parameters) {
    /** What the framing of a message or tool adds, generously. */
    private static final int FRAME_TOKENS = 32;

    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A single message without tools. */
    public static ModelRequest prompt(String model, String prompt, AgentParameters parameters) {
        return new ModelRequest(model, List.of(UserMessage.from(prompt)), List.of(), parameters);
    }

    ChatRequest toChatRequest() {
        ChatRequest.Builder builder = ChatRequest.builder().messages(messages);
        if (!tools.isEmpty()) {
            builder.toolSpecifications(tools);
        }
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(builder::maxOutputTokens);
        return builder.build();
    }

    /** More tokens than the input can have: a token stands for one byte of text at least. */
    long mostInputTokens() {
        long most = 0;
        for (Map<String, Object> message : described()) {
            for (Object part : message.values()) {
                most += String.valueOf(part).getBytes(StandardCharsets.UTF_8).length;
            }
            most += FRAME_TOKENS;
        }
        for (ToolSpecification tool : tools) {
            most += tool.toJson().getBytes(StandardCharsets.UTF_8).length + FRAME_TOKENS;
        }
        return most;
    }

    /** About how many tokens the input has, where the server does not say. */
    long likelyInputTokens() {
        long likely = 0;
        for (Map<String, Object> message : described()) {
            for (Object part : message.values()) {
                likely += TokenCounter.count(String.valueOf(part));
            }
        }
        return likely;
    }

    /** Everything that an answer depends on. */
    String hash() throws NotJsonException {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("model", model);
        input.put("messages", described());
        input.put("tools", tools.stream().map(ToolSpecification::toJson).toList());
        input.put(
                "temperature",
                parameters.temperature().stream().boxed().findFirst().orElse(null));
        input.put("topP", parameters.topP().stream().boxed().findFirst().orElse(null));
        input.put("maxTokens", parameters.maxTokens().orElse(null));
        return CanonicalJson.digest(input).hash();
    }

    /** The messages as JSON. The ids that a server gives to tool calls are left out: they differ from run to run. */
    private List<Map<String, Object>> described() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ChatMessage message : messages) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("type", message.type().name());
            if (message instanceof UserMessage user) {
                entry.put("text", user.hasSingleText() ? user.singleText() : user.toString());
            } else if (message instanceof SystemMessage system) {
                entry.put("text", system.text());
            } else if (message instanceof ToolExecutionResultMessage result) {
                entry.put("tool", result.toolName());
                entry.put("text", result.text());
            } else if (message instanceof AiMessage answer) {
                entry.put("text", answer.text() == null ? "" : answer.text());
                List<Object> calls = new ArrayList<>();
                for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
                    calls.add(List.of(String.valueOf(call.name()), String.valueOf(call.arguments())));
                }
                entry.put("calls", calls);
            }
            list.add(entry);
        }
        return list;
    }
}

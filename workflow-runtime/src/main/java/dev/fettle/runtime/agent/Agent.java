package dev.fettle.runtime.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.model.ModelAnswer;
import dev.fettle.runtime.model.ModelCaller;
import dev.fettle.runtime.model.ModelRequest;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model, calls the tools that it asks for, tells it their results, and so on until it answers without asking for one.
 * Tools are called one after the other, in the order in which the model names them, so that a run can be repeated.
 *
 * <p>What goes wrong inside a tool, a tool that does not exist and arguments that are no JSON object are told to the model,
 * which may do better. A tool budget that is spent is told, too: the model is to answer with what it knows. Too many calls of
 * the model, or a budget in USD that is spent, end the agent with an error.
 */
public final class Agent {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ModelCaller models;
    private final ToolCalls tools;

    public Agent(ModelCaller models, ToolCalls tools) {
        this.models = models;
        this.tools = tools;
    }

    /** @throws FettleException where a limit ends it */
    public AgentAnswer run(AgentTask task) throws Exception {
        ToolFunctions functions = new ToolFunctions(task.tools());
        List<ChatMessage> messages = new ArrayList<>();
        if (task.role() != null && !task.role().isBlank()) {
            messages.add(SystemMessage.from(task.role()));
        }
        messages.add(UserMessage.from(task.prompt()));
        int limit = task.parameters().maxIterations();
        int toolCalls = 0;
        for (int call = 1; call <= limit; call++) {
            ModelAnswer answer = models.call(
                    new ModelRequest(task.model(), messages, functions.specifications(), task.parameters()));
            if (answer.toolCalls().isEmpty()) {
                return new AgentAnswer(answer.text(), call, toolCalls, answer.cut());
            }
            messages.add(answer.message());
            for (ToolExecutionRequest asked : answer.toolCalls()) {
                Integer budget = task.toolBudget();
                Answer told;
                if (budget != null && toolCalls >= budget) {
                    told = Answer.error("the budget of " + budget + " tool calls is spent; answer with what you know");
                } else {
                    told = answer(functions, asked);
                    toolCalls += told.called() ? 1 : 0;
                }
                messages.add(ToolExecutionResultMessage.from(asked, told.text()));
            }
        }
        throw new FettleException(
                ErrorCode.LIMIT,
                "the model (" + task.model() + ") still asked for tools after " + limit + " calls; expected an answer"
                        + " within maxIterations (" + limit
                        + "). Maybe raise the limit, or say in the prompt when to stop");
    }

    /** What the model is told of one of its requests. */
    private record Answer(String text, boolean called) {
        static Answer error(String message) {
            return new Answer("error: " + message, false);
        }
    }

    private Answer answer(ToolFunctions functions, ToolExecutionRequest asked) throws Exception {
        String tool = functions.tool(String.valueOf(asked.name()));
        if (tool == null) {
            return Answer.error("there is no tool (" + asked.name() + "); expected one of " + functions.names());
        }
        Map<String, Object> arguments = arguments(asked.arguments());
        if (arguments == null) {
            return Answer.error("the arguments of the tool (" + asked.name() + ") are no JSON object; expected one that"
                    + " fits its schema");
        }
        try {
            return new Answer(text(tools.call(tool, arguments)), true);
        } catch (ToolFailedException e) {
            Exception failure = e.failure();
            String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
            return new Answer("error: " + RecordedFailure.type(failure) + message, true);
        }
    }

    /** Null where they are no JSON object; no arguments at all are an empty one. */
    private static @Nullable Map<String, Object> arguments(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            return JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String text(@Nullable Object result) throws NotJsonException {
        return result instanceof String text ? text : CanonicalJson.text(result);
    }
}

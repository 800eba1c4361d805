package dev.fettle.runtime.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What both transports share: JSON-RPC messages, and answers matched to them by the client. */
abstract class CallTransport implements McpTransport {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Longest message of a server. */
    static final int MAX_BYTES = 16 << 20;

    private @Nullable McpOperationHandler handler;

    @Override
    public void start(McpOperationHandler messageHandler) {
        handler = messageHandler;
        try {
            open();
        } catch (IOException e) {
            throw new IllegalStateException("the MCP server could not be started: " + e.getMessage(), e);
        }
    }

    /** Makes the server reachable. */
    abstract void open() throws IOException;

    /** Sends one message; answers may come at once or later, through {@link #received}. */
    abstract void send(String message) throws IOException;

    /** Ends what this thread sends or reads. */
    abstract void cancel(Thread caller);

    final void received(JsonNode message) {
        Objects.requireNonNull(handler).handle(message);
    }

    /** What waits for an answer does not get one any more. */
    final void broken(String reason) {
        if (handler != null) {
            handler.cancelAllPendingOperations(reason);
        }
    }

    @Override
    public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
        return execute(request).thenApply(answer -> {
            executeOperationWithoutResponse(new McpInitializationNotification());
            return answer;
        });
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
        return execute(message);
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
        return execute(context.message());
    }

    @Override
    public void executeOperationWithoutResponse(McpClientMessage message) {
        try {
            send(text(message));
        } catch (IOException e) {
            // Nobody waits for it; the next request says that the server is gone.
        }
    }

    @Override
    public void executeOperationWithoutResponse(McpCallContext context) {
        executeOperationWithoutResponse(context.message());
    }

    private CompletableFuture<JsonNode> execute(McpClientMessage message) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Objects.requireNonNull(handler).startOperation(message.getId(), answer);
        try {
            send(text(message));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static String text(McpClientMessage message) throws JsonProcessingException {
        return JSON.writeValueAsString(message);
    }

    @Override
    public void checkHealth() {
        // A broken server shows when it is called.
    }

    @Override
    public void onFailure(Runnable action) {
        // Reconnecting is left to the next run.
    }
}

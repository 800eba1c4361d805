package dev.fettle.runtime.tool.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.time.Duration;
import java.util.UUID;

/** An open session with a server: one for each server and run. */
final class McpSession implements AutoCloseable {
    private final CallTransport transport;
    private final Duration timeout;
    private final McpClient client;

    /** The client takes a call that took too long for an answer; no server says this. */
    private final String tookTooLong = "took too long: " + UUID.randomUUID();

    McpSession(CallTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
        try {
            this.client = DefaultMcpClient.builder()
                    .transport(transport)
                    .clientName("fettle")
                    .key("fettle")
                    .initializationTimeout(timeout)
                    .toolExecutionTimeout(timeout)
                    .toolExecutionTimeoutErrorMessage(tookTooLong)
                    .autoHealthCheck(false)
                    .build();
        } catch (RuntimeException e) {
            close(transport);
            throw e;
        }
    }

    /** @throws McpToolException where there is no answer within the timeout */
    ToolExecutionResult call(String tool, String arguments) throws McpToolException {
        ToolExecutionResult result = client.executeTool(
                ToolExecutionRequest.builder().name(tool).arguments(arguments).build());
        if (tookTooLong.equals(result.resultText())) {
            throw new McpToolException("the MCP tool (" + tool + ") did not answer within the timeout (" + timeout
                    + "). Maybe raise toolRunners.mcp.timeout in fettle.yaml");
        }
        return result;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            // The transport is closed in any case.
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
        close(transport);
    }

    /** Ends the call that this thread waits for. */
    void cancel(Thread caller) {
        transport.cancel(caller);
        caller.interrupt();
    }

    private static void close(CallTransport transport) {
        try {
            transport.close();
        } catch (Exception e) {
            // The session is over; its process or connection is gone.
        }
    }
}

package dev.fettle.runtime.tool.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.time.Duration;

/** An open session with a server: one for each server and run. */
final class McpSession implements AutoCloseable {
    private final CallTransport transport;
    private final McpClient client;

    McpSession(CallTransport transport, Duration timeout) {
        this.transport = transport;
        try {
            this.client = DefaultMcpClient.builder()
                    .transport(transport)
                    .clientName("fettle")
                    .key("fettle")
                    .initializationTimeout(timeout)
                    .toolExecutionTimeout(timeout)
                    .autoHealthCheck(false)
                    .build();
        } catch (RuntimeException e) {
            close(transport);
            throw e;
        }
    }

    ToolExecutionResult call(String tool, String arguments) {
        return client.executeTool(
                ToolExecutionRequest.builder().name(tool).arguments(arguments).build());
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

package dev.fettle.runtime.tool.mcp;

/** A tool of an MCP server failed, or the server could not be asked. */
final class McpToolException extends Exception {
    private static final long serialVersionUID = 1L;

    McpToolException(String message) {
        super(message);
    }
}

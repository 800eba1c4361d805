/** Tools of MCP servers, through LangChain4j's client. */
@NullMarked
package dev.fettle.runtime.tool.mcp;

import org.jspecify.annotations.NullMarked;

/** What tool calls share within a run, and the context that a tool's code sees. */
@NullMarked
package dev.fettle.runtime.tool;

import org.jspecify.annotations.NullMarked;

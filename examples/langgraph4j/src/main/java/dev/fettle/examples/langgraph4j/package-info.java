/** How a user of LangGraph4j gets a faster graph. */
@NullMarked
package dev.fettle.examples.langgraph4j;

import org.jspecify.annotations.NullMarked;

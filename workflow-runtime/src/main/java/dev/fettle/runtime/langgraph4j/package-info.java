/**
 * For users of LangGraph4j: a {@code StateGraph} becomes a workflow, its runs become traces, and an optimized workflow
 * becomes a {@code StateGraph} again, with the user's own code in its nodes.
 */
@NullMarked
package dev.fettle.runtime.langgraph4j;

import org.jspecify.annotations.NullMarked;

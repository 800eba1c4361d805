/** The graph of a run: translation to LangGraph4j, routing, dataflow blocks. */
@NullMarked
package dev.fettle.runtime.graph;

import org.jspecify.annotations.NullMarked;

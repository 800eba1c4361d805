/** Runs workflows on LangGraph4j and records traces. */
@NullMarked
package dev.fettle.runtime;

import org.jspecify.annotations.NullMarked;

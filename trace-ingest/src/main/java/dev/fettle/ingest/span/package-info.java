/** Spans as every tracing format has them, and what their attributes say. */
@NullMarked
package dev.fettle.ingest.span;

import org.jspecify.annotations.NullMarked;

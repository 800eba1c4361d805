/** From the spans of one trace to an execution trace. */
@NullMarked
package dev.fettle.ingest.assemble;

import org.jspecify.annotations.NullMarked;

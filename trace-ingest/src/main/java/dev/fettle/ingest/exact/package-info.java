/** Traces as JSON, component by component: the native format, and what Fettle's own spans carry besides conventions. */
@NullMarked
package dev.fettle.ingest.exact;

import org.jspecify.annotations.NullMarked;

/** Readers that turn recorded telemetry into execution traces, and writers of what was recorded. */
@NullMarked
package dev.fettle.api.ingest;

import org.jspecify.annotations.NullMarked;

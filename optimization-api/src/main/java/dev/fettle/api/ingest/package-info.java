/** Readers that turn recorded telemetry into execution traces. */
@NullMarked
package dev.fettle.api.ingest;

import org.jspecify.annotations.NullMarked;

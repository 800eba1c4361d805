/** OTLP files, JSON and protobuf. */
@NullMarked
package dev.fettle.ingest.otlp;

import org.jspecify.annotations.NullMarked;

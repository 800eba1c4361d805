/** Fettle's own format: one execution trace as JSON a line. */
@NullMarked
package dev.fettle.ingest.nativejson;

import org.jspecify.annotations.NullMarked;

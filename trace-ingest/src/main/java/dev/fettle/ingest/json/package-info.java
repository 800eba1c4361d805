/** Streaming access to JSON documents, lists and lines, with limits. */
@NullMarked
package dev.fettle.ingest.json;

import org.jspecify.annotations.NullMarked;

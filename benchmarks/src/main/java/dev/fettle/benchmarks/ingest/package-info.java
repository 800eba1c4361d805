/** What reading traces costs. */
@NullMarked
package dev.fettle.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;

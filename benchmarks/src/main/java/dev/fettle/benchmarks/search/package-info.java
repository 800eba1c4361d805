/** Micro-benchmarks of the search's hot paths. */
@NullMarked
package dev.fettle.benchmarks.search;

import org.jspecify.annotations.NullMarked;

/** The command line of the benchmarks. */
@NullMarked
package dev.fettle.benchmarks;

import org.jspecify.annotations.NullMarked;

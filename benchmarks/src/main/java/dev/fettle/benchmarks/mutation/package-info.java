/** Planted faults and equal rewrites: how often validation tells one from the other. */
@NullMarked
package dev.fettle.benchmarks.mutation;

import org.jspecify.annotations.NullMarked;

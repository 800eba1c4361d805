/** Simulated annealing. */
@NullMarked
package dev.fettle.search.annealing;

import org.jspecify.annotations.NullMarked;
